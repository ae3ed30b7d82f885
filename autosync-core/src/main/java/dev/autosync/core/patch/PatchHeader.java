package dev.autosync.core.patch;

import dev.autosync.core.text.Untrusted;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The author and the subject that {@code git format-patch} writes above a diff (RFC 5322, with the encoded words of RFC 2047).
 *
 * @param author untrusted, on one line; empty if there is none
 * @param subject untrusted, on one line, without {@code [PATCH 1/2]}; empty if there is none
 */
record PatchHeader(String author, String subject) {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_LINE = 1000;

    /** Reads the lines above the diff. Finds nothing in a text that does not begin as a mail does. */
    static PatchHeader read(byte[] content) {
        String text = new String(content, 0, Math.min(content.length, MAX_BYTES), StandardCharsets.UTF_8);
        StringBuilder author = new StringBuilder();
        StringBuilder subject = new StringBuilder();
        String name = "";
        for (String line : text.split("\r?\n", -1)) {
            boolean more = !name.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
            int colon = line.indexOf(':');
            if (!more && line.startsWith("From ")) {
                continue;
            }
            if (!more && (colon <= 0 || line.indexOf(' ') >= 0 && line.indexOf(' ') < colon)) {
                break;
            }
            if (!more) {
                name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            }
            String value = more ? " " + line.strip() : line.substring(colon + 1).strip();
            if (name.equals("from")) {
                author.append(value);
            } else if (name.equals("subject")) {
                subject.append(value);
            }
        }
        return new PatchHeader(Untrusted.line(decoded(author.toString()), MAX_LINE),
                Untrusted.line(withoutPrefix(decoded(subject.toString())), MAX_LINE));
    }

    private static String withoutPrefix(String subject) {
        int end = subject.startsWith("[PATCH") ? subject.indexOf(']') : -1;
        return end < 0 ? subject : subject.substring(end + 1).strip();
    }

    /** Encoded words, between which white space does not count. */
    private static String decoded(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean afterWord = false;
        while (at < text.length()) {
            int start = text.indexOf("=?", at);
            int charset = start < 0 ? -1 : text.indexOf('?', start + 2);
            int encoding = charset < 0 ? -1 : text.indexOf('?', charset + 1);
            int end = encoding < 0 ? -1 : text.indexOf("?=", encoding + 1);
            @Nullable String word = end < 0 ? null : word(text.substring(start + 2, charset),
                    text.substring(charset + 1, encoding), text.substring(encoding + 1, end));
            if (word == null) {
                break;
            }
            String between = text.substring(at, start);
            out.append(afterWord && between.isBlank() ? "" : between).append(word);
            afterWord = true;
            at = end + 2;
        }
        return out.append(text.substring(at)).toString();
    }

    private static @Nullable String word(String charset, String encoding, String encoded) {
        try {
            byte[] bytes = encoding.equalsIgnoreCase("b") ? Base64.getDecoder().decode(encoded) : quoted(encoded);
            return new String(bytes, Charset.forName(charset));
        } catch (IllegalArgumentException e) {
            return null; // and nothing behind it is decoded: to look for thousands of charsets that there are not takes seconds
        }
    }

    private static byte[] quoted(String encoded) {
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '=' && i + 2 < encoded.length()
                    && Character.digit(encoded.charAt(i + 1), 16) >= 0 && Character.digit(encoded.charAt(i + 2), 16) >= 0) {
                bytes[length++] = (byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '_' ? ' ' : c);
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
