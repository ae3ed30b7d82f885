package dev.autosync.store.sqlite;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Folders and names in them that survive a power cut. */
final class Folders {
    private Folders() {}

    /** Makes a folder and those above it. */
    static void create(Path directory) throws IOException {
        List<Path> parents = new ArrayList<>();
        for (Path missing = directory.toAbsolutePath(); !Files.isDirectory(missing); missing = missing.getParent()) {
            if (missing.getParent() == null) {
                break;
            }
            parents.add(missing.getParent());
        }
        Files.createDirectories(directory);
        for (Path parent : parents) {
            force(parent);
        }
    }

    /** Forces the names in a folder. Windows has no such thing, and needs none. */
    static void force(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        // A folder can only be opened as a channel. An interrupt closes that, so it is put off until the folder is forced.
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
