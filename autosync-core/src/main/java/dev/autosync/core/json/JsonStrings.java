package dev.autosync.core.json;

/** String literals inside a text that a parser has already found to be well-formed. */
public final class JsonStrings {
    private static final int ESCAPE_LENGTH = 6;

    private JsonStrings() {}

    /** Where the literal that opens at {@code quote} ends, behind its closing quote. */
    static int end(String text, int quote) {
        int at = quote + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The characters that stand between the quotes. */
    public static String decode(String text, int from, int to) {
        // Not indexOf: that would look for an escape up to the end of the whole text, for every string in it.
        int at = from;
        while (at < to && text.charAt(at) != '\\') {
            at++;
        }
        if (at == to) {
            return text.substring(from, to);
        }
        StringBuilder decoded = new StringBuilder(to - from).append(text, from, at);
        while (at < to) {
            char c = text.charAt(at);
            if (c != '\\') {
                decoded.append(c);
                at++;
            } else if (text.charAt(at + 1) == 'u') {
                decoded.append((char) Integer.parseInt(text, at + 2, at + ESCAPE_LENGTH, 16));
                at += ESCAPE_LENGTH;
            } else {
                decoded.append(single(text.charAt(at + 1)));
                at += 2;
            }
        }
        return decoded.toString();
    }

    /**
     * The text with every escaped surrogate replaced by another escape of the same length.
     *
     * <p>RFC 8259, section 8.2, lets a string hold {@code \}{@code ud800} alone. Jackson refuses it in names, and a later release may
     * refuse it in values; a file that parses today must parse tomorrow. Offsets stay what they were.
     */
    static String withoutEscapedSurrogates(String text) {
        StringBuilder masked = null;
        int at = text.indexOf('\\');
        while (at >= 0 && at + 1 < text.length()) {
            if (isEscapedSurrogate(text, at)) {
                if (masked == null) {
                    masked = new StringBuilder(text);
                }
                masked.setCharAt(at + 2, 'e');
                masked.setCharAt(at + 3, '0');
            }
            at = text.indexOf('\\', at + 2);
        }
        return masked == null ? text : masked.toString();
    }

    private static boolean isEscapedSurrogate(String text, int at) {
        return text.length() >= at + ESCAPE_LENGTH
                && text.charAt(at + 1) == 'u'
                && (text.charAt(at + 2) | 0x20) == 'd'
                && "89abcdefABCDEF".indexOf(text.charAt(at + 3)) >= 0;
    }

    private static char single(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
