package dev.autosync.core.patch;

import dev.autosync.core.text.GitDelta;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GIT binary patch} carries, deflated and in base 85: the whole content of a file after ({@code literal}), or what it has in
 * common with the one before ({@code delta}); and perhaps the same the other way round.
 *
 * <p>What any of it may grow to is bounded by the size it states.
 */
final class BinaryChange {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

    private final int line;
    private final byte[] forward;
    private final boolean isDelta;

    /** The bytes before, null if the diff does not tell. */
    final byte @Nullable [] before;

    private BinaryChange(int line, byte[] forward, boolean isDelta, byte @Nullable [] before) {
        this.line = line;
        this.forward = forward;
        this.isDelta = isDelta;
        this.before = before;
    }

    /** The bytes after, null if they can only be made from those before. */
    byte @Nullable [] literal() {
        return isDelta ? null : forward;
    }

    /**
     * The bytes after.
     *
     * @param base the bytes before
     * @param maxBytes the most that there may be
     */
    byte[] apply(byte[] base, long maxBytes) throws DiffRefused {
        try {
            return isDelta ? GitDelta.apply(base, forward, maxBytes) : forward;
        } catch (GitDelta.MalformedException e) {
            throw DiffRefused.malformed(line, "the binary delta cannot be applied: " + e.getMessage());
        }
    }

    /** Reads what follows the line {@code GIT binary patch}, and leaves the cursor behind it. */
    static BinaryChange read(PatchCursor cursor, long maxBytes) throws DiffRefused {
        int line = cursor.number();
        boolean isDelta = cursor.startsWith("delta ");
        byte[] forward = part(cursor, maxBytes);
        byte @Nullable [] before = null;
        if (cursor.startsWith("literal ")) {
            before = part(cursor, maxBytes);
        } else if (cursor.startsWith("delta ")) {
            part(cursor, maxBytes);
        }
        return new BinaryChange(line, forward, isDelta, before);
    }

    private static byte[] part(PatchCursor cursor, long maxBytes) throws DiffRefused {
        int line = cursor.number();
        boolean isDelta = cursor.startsWith("delta ");
        if (!isDelta && !cursor.startsWith("literal ")) {
            throw DiffRefused.malformed(line, "expected 'literal' or 'delta' and a size, found '" + cursor.shown() + "'");
        }
        long size = cursor.decimal(isDelta ? 6 : 8);
        if (size < 0) {
            throw DiffRefused.malformed(line, "the size of the binary content is no number");
        }
        if (size > maxBytes) {
            throw DiffRefused.limit("line " + line + " of the patch: binary content of more than " + maxBytes + " bytes");
        }
        cursor.next();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        while (!cursor.atEnd() && !cursor.isBlank()) {
            decode(cursor, deflated);
            cursor.next();
        }
        if (!cursor.atEnd()) {
            cursor.next();
        }
        return inflate(deflated.toByteArray(), (int) size, line);
    }

    /** One line: a letter for the number of bytes (A to Z for 1 to 26, a to z for 27 to 52), then five digits for every four bytes. */
    private static void decode(PatchCursor cursor, ByteArrayOutputStream out) throws DiffRefused {
        byte[] text = cursor.text().getBytes(StandardCharsets.ISO_8859_1);
        int letter = text[0];
        int count = letter >= 'A' && letter <= 'Z' ? letter - 'A' + 1 : letter >= 'a' && letter <= 'z' ? letter - 'a' + 27 : 0;
        if (count == 0 || text.length != 1 + (count + 3) / 4 * 5) {
            throw DiffRefused.malformed(cursor.number(), "a line of binary content has the wrong length");
        }
        for (int i = 1; i < text.length; i += 5) {
            long word = 0;
            for (int k = 0; k < 5; k++) {
                int digit = DIGITS.indexOf(text[i + k]);
                if (digit < 0) {
                    throw DiffRefused.malformed(cursor.number(), "a line of binary content has a character outside base 85");
                }
                word = word * 85 + digit;
            }
            if (word > 0xFFFF_FFFFL) {
                throw DiffRefused.malformed(cursor.number(), "a line of binary content has a group out of range");
            }
            for (int k = 0; k < 4 && count > 0; k++, count--) {
                out.write((int) (word >> 24 - 8 * k));
            }
        }
    }

    private static byte[] inflate(byte[] deflated, int size, int line) throws DiffRefused {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            // Grows with what really comes out: the stated size alone must not make us take memory.
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!inflater.finished()) {
                int got = inflater.inflate(part);
                out.write(part, 0, got);
                if (out.size() > size || got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
            }
            if (!inflater.finished() || out.size() != size) {
                throw DiffRefused.malformed(line, "the binary content does not have the size it states");
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw DiffRefused.malformed(line, "the binary content is damaged");
        } finally {
            inflater.end();
        }
    }
}
