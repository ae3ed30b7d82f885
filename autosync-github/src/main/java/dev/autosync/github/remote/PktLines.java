package dev.autosync.github.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of git's protocol: four hexadecimal digits of length, then so many bytes. Source: gitprotocol-common. */
final class PktLines {
    private static final int HEAD = 4;

    private final byte[] bytes;
    private int at;

    PktLines(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether there is more. */
    boolean hasMore() {
        return at < bytes.length;
    }

    /**
     * Reads a line.
     *
     * @return null for a flush
     * @throws IOException if it is none
     */
    byte @Nullable [] next() throws IOException {
        int length;
        try {
            length = Integer.parseInt(new String(bytes, at, HEAD, StandardCharsets.US_ASCII), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("it does not speak git's protocol", e);
        }
        if (length == 0) {
            at += HEAD;
            return null;
        }
        if (length < HEAD || length > bytes.length - at) {
            throw new IOException("it does not speak git's protocol");
        }
        byte[] line = Arrays.copyOfRange(bytes, at + HEAD, at + length);
        at += length;
        return line;
    }

    /** Reads a line of text, without its line end. */
    @Nullable String nextText() throws IOException {
        byte[] line = next();
        return line == null ? null : new String(line, StandardCharsets.UTF_8).stripTrailing();
    }

    static void write(ByteArrayOutputStream out, String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(String.format("%04x", line.length + HEAD).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(line);
    }

    static void flush(ByteArrayOutputStream out) {
        out.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    }
}
