package dev.autosync.store.json;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The file {@code token}, which holds the highest token that was granted, in decimal digits and a line end.
 *
 * <p>It is replaced whole, so that who reads it needs no lock, and is not forced: no holder of a workspace survives a power cut.
 *
 * @param directory the folder of the store
 * @param disk the calls on files
 */
record TokenFile(Path directory, Disk disk) {
    /** Beyond this a number is not one that was granted; it leaves room for a lifetime of grants above it. */
    static final long HIGHEST = 1L << 60;

    private static final Pattern TOKEN = Pattern.compile("[1-9][0-9]{0,17}\n|1[0-9]{18}\n");
    private static final int MORE_THAN_A_TOKEN = 32;

    /** The highest token that was granted; 0 if none was, or if the file holds something else. */
    long read() throws IOException {
        Path file = file();
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            return 0;
        }
        try (InputStream in = disk.read(file, 0)) {
            String text = new String(in.readNBytes(MORE_THAN_A_TOKEN), StandardCharsets.US_ASCII);
            long token = TOKEN.matcher(text).matches() ? Long.parseLong(text.substring(0, text.length() - 1)) : 0;
            return token <= HIGHEST ? token : 0;
        }
    }

    /** Replaces the token. To be called by who keeps all others out. */
    void write(long token) throws IOException {
        byte[] bytes = (token + "\n").getBytes(StandardCharsets.US_ASCII);
        Path draft = directory.resolve("token.tmp");
        try (RandomAccessFile file = disk.open(draft)) {
            disk.write(file, 0, bytes, bytes.length);
            // A process that died here may have left a longer one.
            disk.truncate(file, bytes.length);
        }
        disk.rename(draft, file());
    }

    private Path file() {
        return new Segments(directory).token();
    }
}
