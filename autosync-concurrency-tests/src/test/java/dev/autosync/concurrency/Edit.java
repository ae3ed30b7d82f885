package dev.autosync.concurrency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One change of the text of a source file of the API.
 *
 * @param file below the API's sources
 * @param original what is there, exactly once
 * @param replacement what is put in its place
 */
record Edit(String file, String original, String replacement) {

    /** The API's sources, seen from this module's folder. */
    static final Path SOURCES = Path.of("..", "autosync-api", "src", "main", "java");

    String read() throws IOException {
        return Files.readString(SOURCES.resolve(file));
    }

    String applyTo(String source) {
        int at = source.indexOf(original);
        if (at < 0 || source.indexOf(original, at + 1) >= 0) {
            throw new AssertionError("The source " + file + " has changed: the text that a seeded defect replaces is there "
                    + (at < 0 ? "no more" : "more than once") + ". Put the defect in anew in Mutants. The text is:\n" + original);
        }
        return source.substring(0, at) + replacement + source.substring(at + original.length());
    }
}
