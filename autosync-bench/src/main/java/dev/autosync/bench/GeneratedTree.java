package dev.autosync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A tree of source-like files, the same on every machine: folders of 50 files, sizes lognormal around a median of 3 KB between 50
 * bytes and 200 KB, lines of 64 hexadecimal digits.
 *
 * @param files how many files, a multiple of 50
 */
record GeneratedTree(int files) {
    private static final int FILES_PER_FOLDER = 50;
    private static final int LINE = 64;

    /** The path of a file, relative to the root. */
    String path(int file) {
        int folder = file / FILES_PER_FOLDER;
        return String.format("m%02d/pkg%02d/File%03d.java", folder / 20, folder % 20, file % FILES_PER_FOLDER);
    }

    /** What a file holds at first. */
    String content(int file) {
        // Seeds in a row would give sizes in a row.
        Random random = new Random(file * 0x9E3779B97F4A7C15L);
        int size = Math.max(50, Math.min(200_000, (int) StrictMath.exp(8.0 + random.nextGaussian())));
        StringBuilder text = new StringBuilder(size + LINE).append("// file ").append(file).append('\n');
        while (text.length() < size) {
            for (int i = 0; i < LINE / 16; i++) {
                String digits = Long.toHexString(random.nextLong());
                text.append("0".repeat(16 - digits.length())).append(digits);
            }
            text.append('\n');
        }
        text.setLength(size - 1);
        return text.append('\n').toString();
    }

    /** Writes all files below a folder. */
    void write(Path root) throws IOException {
        for (int file = 0; file < files; file++) {
            Path path = root.resolve(path(file));
            if (file % FILES_PER_FOLDER == 0) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, content(file), StandardCharsets.UTF_8);
        }
    }
}
