package dev.autosync.spi;

/** Text that every store can keep. */
final class StorableText {
    private static final char REPLACEMENT = '\ufffd';

    private StorableText() {}

    /**
     * The text, with a replacement character U+FFFD for each NUL, which PostgreSQL refuses and C libraries end a text at, and for each
     * lone surrogate, which UTF-8 cannot express.
     */
    static String of(String text) {
        int at = firstUnstorable(text, 0);
        if (at == text.length()) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text);
        for (; at < text.length(); at = firstUnstorable(text, at + 1)) {
            storable.setCharAt(at, REPLACEMENT);
        }
        return storable.toString();
    }

    private static int firstUnstorable(String text, int from) {
        int at = from;
        while (at < text.length()) {
            // A surrogate comes out as its own code point only if it has no partner.
            int point = text.codePointAt(at);
            if (point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return at;
            }
            at += Character.charCount(point);
        }
        return text.length();
    }
}
