package org.example.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tests of the workspace. */
final class Check {
    private Check() {}

    public static void main(String[] args) throws IOException {
        String greeting = Files.readString(Path.of("greeting.txt"));
        if (!greeting.startsWith("Hello, ")) {
            throw new AssertionError("not a greeting: " + greeting);
        }
    }
}
