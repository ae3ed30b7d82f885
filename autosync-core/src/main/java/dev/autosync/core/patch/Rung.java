package dev.autosync.core.patch;

/**
 * How exactly lines of an agent's patch must be those of the file. Tried from the strictest to the loosest.
 *
 * <p>Agents copy lines from memory: white space and punctuation are what they get wrong. Source of the order and of the characters: the
 * apply-patch envelope's reference implementation.
 */
enum Rung {
    EXACT("") {
        @Override
        String key(String line) {
            return line;
        }
    },
    TRAILING_SPACE("white space at the ends of lines") {
        @Override
        String key(String line) {
            return line.stripTrailing();
        }
    },
    TRIMMED("indentation and white space at the ends of lines") {
        @Override
        String key(String line) {
            return line.strip();
        }
    },
    PUNCTUATION("typographic punctuation, indentation and white space at the ends of lines") {
        @Override
        String key(String line) {
            StringBuilder plain = new StringBuilder(line.length());
            for (int i = 0; i < line.length(); i++) {
                plain.append(plain(line.charAt(i)));
            }
            return plain.toString().strip();
        }
    };

    private final String ignored;

    Rung(String ignored) {
        this.ignored = ignored;
    }

    /** What of a line counts: lines with the same key are the same. */
    abstract String key(String line);

    /** What does not count. */
    String ignored() {
        return ignored;
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' -> '-';
            case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u201f' -> '"';
            case '\u00a0', '\u202f', '\u205f', '\u3000' -> ' ';
            default -> c >= '\u2002' && c <= '\u200a' ? ' ' : c;
        };
    }
}
