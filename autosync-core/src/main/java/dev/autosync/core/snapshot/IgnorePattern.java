package dev.autosync.core.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code .gitignore} file.
 *
 * <p>Source: gitignore(5), and git 2.39's dir.c (parse_path_pattern, match_pathname) and wildmatch.c, the odd corners included: a pattern is
 * compared byte by byte, and what stands before its first wildcard is compared and cut off before stars are looked at. Cost: the length of the path
 * times the length of the pattern at worst, whatever the pattern; each level of stars goes back to its last star only. Threads: immutable.
 */
final class IgnorePattern {
    private static final int ANY = 256;
    private static final int STAR = 257;
    private static final int FIRST_SET = 258;

    /** Two stars that stand for any number of folders. */
    private static final int[] FOLDERS = {};

    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("alpha", IgnorePattern::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
            Map.entry("digit", IgnorePattern::isDigit),
            Map.entry("graph", c -> c > ' ' && c < 0x7f),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c >= ' ' && c < 0x7f),
            Map.entry("punct", c -> c > ' ' && c < 0x7f && !isLetter(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || c >= '\t' && c <= '\r'),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'));

    private final boolean negative;
    private final boolean foldersOnly;
    private final boolean nameOnly;
    private final byte[] prefix;
    private final List<int[]> segments;
    private final List<BitSet> sets;

    private IgnorePattern(boolean negative, boolean foldersOnly, boolean nameOnly, byte[] prefix, List<int[]> segments, List<BitSet> sets) {
        this.negative = negative;
        this.foldersOnly = foldersOnly;
        this.nameOnly = nameOnly;
        this.prefix = prefix;
        this.segments = segments;
        this.sets = sets;
    }

    /** The pattern of a line without its line end; null if the line is empty, a comment, or matches nothing. */
    static @Nullable IgnorePattern parse(byte[] line) {
        int from = 0;
        int to = withoutTrailingSpaces(line);
        if (to == 0 || line[0] == '#') {
            return null;
        }
        boolean negative = line[0] == '!';
        from += negative ? 1 : 0;
        boolean foldersOnly = to > from && line[to - 1] == '/';
        to -= foldersOnly ? 1 : 0;
        boolean nameOnly = indexOf(line, '/', from, to) < 0;
        from += !nameOnly && line[from] == '/' ? 1 : 0;
        if (from == to) {
            return null;
        }
        int wildcard = from;
        while (wildcard < to && "*?[\\".indexOf(line[wildcard]) < 0) {
            wildcard++;
        }
        Reader reader = new Reader(line, wildcard, to);
        return reader.read() ? new IgnorePattern(negative, foldersOnly, nameOnly, Arrays.copyOfRange(line, from, wildcard), reader.segments, reader.sets)
                : null;
    }

    private static int withoutTrailingSpaces(byte[] line) {
        int to = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\\' && i + 1 < line.length) {
                i++;
                to = i + 1;
            } else if (line[i] != ' ') {
                to = i + 1;
            }
        }
        return to;
    }

    /** Whether what it matches is left in although an earlier pattern leaves it out. */
    boolean negative() {
        return negative;
    }

    /**
     * Whether it means a file.
     *
     * @param path the path of the file as bytes, with {@code /}
     * @param from where the path begins relative to the folder of the {@code .gitignore} file
     * @param name where its last name begins
     */
    boolean matches(byte[] path, int from, int name, boolean folder) {
        if (foldersOnly && !folder) {
            return false;
        }
        int start = nameOnly ? name : from;
        int rest = start + prefix.length;
        if (rest > path.length || !Arrays.equals(path, start, rest, prefix, 0, prefix.length)) {
            return false;
        }
        return segments.isEmpty() ? rest == path.length : matches(path, rest);
    }

    /* Segments between slashes are to two stars what characters are to one star: the same loop twice, each with one place to go back to. */
    private boolean matches(byte[] path, int from) {
        int segment = 0;
        int start = from;
        int starSegment = -1;
        int starStart = -1;
        while (start <= path.length) {
            int end = indexOf(path, '/', start, path.length);
            end = end < 0 ? path.length : end;
            if (segment < segments.size() && segments.get(segment) == FOLDERS) {
                if (segment == segments.size() - 1) {
                    return true;
                }
                starSegment = segment++;
                starStart = start;
            } else if (segment < segments.size() && matches(segments.get(segment), path, start, end)) {
                segment++;
                start = end + 1;
            } else if (starSegment >= 0) {
                segment = starSegment + 1;
                int next = indexOf(path, '/', starStart, path.length);
                if (next < 0) {
                    return false;
                }
                starStart = next + 1;
                start = starStart;
            } else {
                return false;
            }
        }
        return segment == segments.size();
    }

    private boolean matches(int[] tokens, byte[] path, int from, int to) {
        int token = 0;
        int at = from;
        int starToken = -1;
        int starAt = -1;
        while (at < to) {
            if (token < tokens.length && tokens[token] == STAR) {
                starToken = token++;
                starAt = at;
            } else if (token < tokens.length && matches(tokens[token], path[at] & 0xff)) {
                token++;
                at++;
            } else if (starToken >= 0) {
                token = starToken + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == STAR) {
            token++;
        }
        return token == tokens.length;
    }

    private boolean matches(int token, int c) {
        return token < ANY ? token == c : token == ANY || token >= FIRST_SET && sets.get(token - FIRST_SET).get(c);
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return (negative ? "!" : "") + new String(prefix, StandardCharsets.UTF_8) + (segments.isEmpty() ? "" : "...") + (foldersOnly ? "/" : "");
    }

    /** Reads what begins with the first wildcard. */
    private static final class Reader {
        final List<int[]> segments = new ArrayList<>();
        final List<BitSet> sets = new ArrayList<>();

        private final byte[] line;
        private final int begin;
        private final int end;
        private int at;

        Reader(byte[] line, int begin, int end) {
            this.line = line;
            this.begin = begin;
            this.end = end;
            this.at = begin;
        }

        /** Whether it can match anything. */
        boolean read() {
            if (begin == end) {
                return true;
            }
            int[] tokens = new int[end - begin];
            int count = 0;
            while (at < end) {
                int c = line[at] & 0xff;
                if (c == '/') {
                    segments.add(Arrays.copyOf(tokens, count));
                    count = 0;
                } else if (c == '*') {
                    int first = at;
                    while (at + 1 < end && line[at + 1] == '*') {
                        at++;
                    }
                    if (at > first && (first == begin || line[first - 1] == '/') && (at + 1 == end || line[at + 1] == '/')) {
                        segments.add(FOLDERS);
                        // The slash after it belongs to it.
                        at++;
                        if (at + 1 >= end) {
                            return at >= end || addEmpty();
                        }
                    } else {
                        tokens[count++] = STAR;
                    }
                } else if (c == '[') {
                    if (!readSet()) {
                        return false;
                    }
                    tokens[count++] = FIRST_SET + sets.size() - 1;
                } else if (c == '\\') {
                    at++;
                    if (at == end) {
                        return false;
                    }
                    if (line[at] == '/') {
                        continue;
                    }
                    tokens[count++] = line[at] & 0xff;
                } else {
                    tokens[count++] = c == '?' ? ANY : c;
                }
                at++;
            }
            segments.add(Arrays.copyOf(tokens, count));
            return true;
        }

        private boolean addEmpty() {
            segments.add(new int[] {});
            return true;
        }

        private int peek(int ahead) {
            return at + ahead < end ? line[at + ahead] & 0xff : 0;
        }

        /* From wildmatch.c: a class that is not closed, or that names no known class of characters, matches nothing at all. */
        private boolean readSet() {
            BitSet set = new BitSet(256);
            at++;
            boolean inverted = peek(0) == '!' || peek(0) == '^';
            at += inverted ? 1 : 0;
            int previous = 0;
            do {
                int c = peek(0);
                if (c == '\\') {
                    at++;
                    c = peek(0);
                    set.set(c);
                } else if (c == '-' && previous != 0 && peek(1) != 0 && peek(1) != ']') {
                    at++;
                    at += peek(0) == '\\' ? 1 : 0;
                    if (peek(0) >= previous) {
                        set.set(previous, peek(0) + 1);
                    }
                    c = peek(0) == 0 ? 0 : -1;
                } else if (c == '[' && peek(1) == ':') {
                    int close = indexOf(line, ']', at + 2, end);
                    if (close < 0) {
                        return false;
                    }
                    if (close > at + 2 && line[close - 1] == ':') {
                        IntPredicate known = CLASSES.get(new String(line, at + 2, close - at - 3, StandardCharsets.ISO_8859_1));
                        if (known == null) {
                            return false;
                        }
                        for (int i = 0; i < 256; i++) {
                            set.set(i, set.get(i) || known.test(i));
                        }
                        at = close;
                        c = -1;
                    } else {
                        set.set(c);
                    }
                } else {
                    set.set(c);
                }
                if (c == 0) {
                    return false;
                }
                previous = Math.max(0, c);
                at++;
            } while (peek(0) != ']');
            if (inverted) {
                set.flip(0, 256);
            }
            set.clear('/');
            sets.add(set);
            return true;
        }
    }
}
