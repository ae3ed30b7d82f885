package dev.autosync.github.remote;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes text of the other side safe to put into reasons, messages and logs: one line, bounded, without control characters. */
public final class RemoteText {
    private static final int MAX_CHARS = 300;
    private static final int MAX_BYTES = 1 << 16;

    private RemoteText() {}

    /** Shows bytes that should be text, without what the request's {@code Authorization} held. */
    public static String line(byte[] bytes, Optional<String> authorization) {
        return line(Credentials.scrub(new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8), authorization));
    }

    /** Shows text on one line: its beginning if it is too long. */
    public static String line(String text) {
        return line(text, MAX_CHARS);
    }

    /** Shows text on one line of so many UTF-16 units at most. */
    public static String line(String text, int maxChars) {
        StringBuilder shown = new StringBuilder();
        boolean space = false;
        for (int i = 0; i < text.length() && shown.length() < maxChars + 2; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || point == 0x85 || point == 0x2028 || point == 0x2029) {
                space = true;
                continue;
            }
            if (space && !shown.isEmpty()) {
                shown.append(' ');
            }
            space = false;
            shown.appendCodePoint(isHidden(point) ? 0xFFFD : point);
        }
        if (shown.length() > maxChars) {
            int end = maxChars - 1;
            shown.setLength(Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end);
            shown.append('\u2026');
        }
        return shown.toString();
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            case Character.FORMAT -> point != 0x200C && point != 0x200D;
            default -> false;
        };
    }
}
