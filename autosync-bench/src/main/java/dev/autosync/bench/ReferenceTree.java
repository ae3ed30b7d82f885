package dev.autosync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The tree that snapshots are compared on, the same on every machine and in every language that has Python's random numbers: 20,000 files in 400
 * folders of 50, 95,762,371 bytes, sizes lognormal around 3 KB between 50 bytes and 200 KB.
 */
final class ReferenceTree {
    static final int FOLDERS = 400;
    static final int FILES_PER_FOLDER = 50;

    private ReferenceTree() {}

    /** Takes the files one by one. */
    interface Visitor {
        void visit(String path, byte[] content) throws IOException;
    }

    /** Makes all files, in the order of their paths. */
    static void forEach(Visitor visitor) throws IOException {
        MersenneTwister random = new MersenneTwister(1);
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (int file = 0; file < FILES_PER_FOLDER; file++) {
                int size = Math.max(50, Math.min(200_000, (int) random.lognormal(8.0, 1.0)));
                String text = "// " + folder + " " + file + "\n" + HexFormat.of().formatHex(random.bytes(size / 2));
                visitor.visit(path(folder, file), text.substring(0, size).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** The path of a file, relative to the root. */
    static String path(int folder, int file) {
        return String.format("m%02d/pkg%02d/File%03d.java", folder / 20, folder % 20, file);
    }

    /** Writes all files below a folder. */
    static void write(Path root) throws IOException {
        forEach((path, content) -> {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        });
    }
}
