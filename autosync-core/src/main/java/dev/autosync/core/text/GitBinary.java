package dev.autosync.core.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Whole contents as git's binary patches carry them: deflated, in base 85, in lines of at most 52 bytes. Threads: no state. */
final class GitBinary {
    private static final byte[] DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_BYTES = 52;

    private GitBinary() {}

    /** Writes one literal, and the empty line behind it. */
    static void literal(byte[] content, ByteArrayOutputStream out) {
        out.writeBytes(("literal " + content.length + "\n").getBytes(StandardCharsets.US_ASCII));
        byte[] deflated = deflate(content);
        for (int from = 0; from < deflated.length; from += LINE_BYTES) {
            int count = Math.min(LINE_BYTES, deflated.length - from);
            out.write(count <= 26 ? 'A' + count - 1 : 'a' + count - 27);
            for (int i = from; i < from + count; i += 4) {
                group(deflated, i, Math.min(from + count, i + 4), out);
            }
            out.write('\n');
        }
        out.write('\n');
    }

    private static void group(byte[] bytes, int from, int to, ByteArrayOutputStream out) {
        long word = 0;
        for (int i = from; i < from + 4; i++) {
            word = word << 8 | (i < to ? bytes[i] & 0xFF : 0);
        }
        byte[] digits = new byte[5];
        for (int i = 4; i >= 0; i--) {
            digits[i] = DIGITS[(int) (word % 85)];
            word /= 85;
        }
        out.writeBytes(digits);
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                deflated.write(part, 0, deflater.deflate(part));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
