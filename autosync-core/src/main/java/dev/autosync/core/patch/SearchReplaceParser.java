package dev.autosync.core.patch;

import dev.autosync.patch.PatchLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads blocks of {@code <<<<<<< SEARCH}, {@code =======} and {@code >>>>>>> REPLACE}, each below the name of its file. What stands
 * between blocks is for people. Linear, without regular expressions; bounded in lines and blocks.
 */
final class SearchReplaceParser {
    private static final int MIN_MARKS = 5;
    private static final int MAX_MARKS = 9;

    private final PatchText text;
    private final PatchLimits limits;
    private final List<TextChange> changes = new ArrayList<>();
    private final List<TextHunk> blocks = new ArrayList<>();
    private @Nullable String blocksOf;
    private int blocksLine;
    private int seen;
    private @Nullable String file;

    private SearchReplaceParser(PatchText text, PatchLimits limits, @Nullable String target) {
        this.text = text;
        this.limits = limits;
        this.file = target;
    }

    /**
     * Reads a patch.
     *
     * @param target the file of blocks that name none
     * @return at least one change
     * @throws DiffRefused if there is no block, a block is not whole, or there are too many
     */
    static List<TextChange> parse(byte[] patch, Optional<String> target, PatchLimits limits) throws DiffRefused {
        SearchReplaceParser parser = new SearchReplaceParser(PatchText.of(patch, limits), limits, target.orElse(null));
        parser.blocks();
        return parser.changes;
    }

    private void blocks() throws DiffRefused {
        while (!text.atEnd()) {
            if (marks('<', "SEARCH") > 0) {
                block();
            } else if (marks('>', "REPLACE") > 0) {
                throw DiffRefused.malformed(text.number(), "a block ends here that has no beginning");
            } else {
                text.next();
            }
        }
        flush();
        if (changes.isEmpty()) {
            throw DiffRefused.malformed(1, "the patch has no line '<<<<<<< SEARCH'");
        }
    }

    private void block() throws DiffRefused {
        int line = text.number();
        if (seen >= limits.maxHunks()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxHunks() + " blocks");
        }
        String named = name();
        file = named == null ? file : named;
        if (file == null) {
            throw DiffRefused.malformed(line, "the block has no name of a file in the line above it; a name with spaces stands in backticks");
        }
        int marks = marks('<', "SEARCH");
        text.next();
        List<String> body = new ArrayList<>();
        List<Integer> dividers = new ArrayList<>();
        List<Integer> equalDividers = new ArrayList<>();
        while (marks('>', "REPLACE") == 0) {
            if (text.atEnd()) {
                throw DiffRefused.malformed(line, "the block has no line '>>>>>>> REPLACE'");
            }
            if (marks('<', "SEARCH") > 0) {
                throw DiffRefused.malformed(text.number(), "a block begins within the one of line " + line);
            }
            int equals = marks('=', "");
            if (equals > 0) {
                dividers.add(body.size());
            }
            if (equals == marks) {
                equalDividers.add(body.size());
            }
            body.add(text.take());
        }
        text.next();
        seen++;
        // A file may hold such lines too; a block for it has markers of another length.
        List<Integer> telling = equalDividers.isEmpty() ? dividers : equalDividers;
        if (telling.size() != 1) {
            throw DiffRefused.malformed(line, telling.isEmpty() ? "the block has no line '======='"
                    : "the block has several lines that could divide it; give its markers another length");
        }
        int divider = telling.get(0);
        add(line, file, body.subList(0, divider), body.subList(divider + 1, body.size()));
    }

    private void add(int line, String path, List<String> search, List<String> replace) {
        if (search.isEmpty()) {
            flush();
            changes.add(TextChange.create(line, path, replace, true));
            return;
        }
        if (!path.equals(blocksOf)) {
            flush();
            blocksOf = path;
            blocksLine = line;
        }
        blocks.add(KeptLines.hunk("block " + seen + " (line " + line + " of the patch)", search, replace));
    }

    /** Blocks for one file that follow each other are one change. */
    private void flush() {
        if (blocksOf != null) {
            changes.add(TextChange.blocks(blocksLine, blocksOf, blocks));
            blocks.clear();
            blocksOf = null;
        }
    }

    /** The name in the line above the block, or above the fence of its code; null if there is none. */
    private @Nullable String name() {
        String line = text.above(1);
        if (line.startsWith("```") || line.startsWith("~~~")) {
            line = text.above(2);
        }
        String name = line.strip();
        while (name.startsWith("#")) {
            name = name.substring(1);
        }
        name = untitled(unwrapped(untitled(name.strip()), '*'));
        boolean titled = line.indexOf(':') >= 0 && name.indexOf(':') < 0;
        String plain = unwrapped(name, '`');
        boolean quoted = !plain.equals(name);
        if (plain.isEmpty() || plain.startsWith("```") || plain.startsWith("~~~") || marks(plain, '>', "REPLACE") > 0) {
            return null;
        }
        boolean sentence = plain.chars().anyMatch(Character::isWhitespace) || titled && plain.indexOf('.') < 0 && plain.indexOf('/') < 0;
        if (sentence && !quoted) {
            return null;
        }
        return plain.startsWith("./") ? plain.substring(2) : plain;
    }

    private static String untitled(String name) {
        return name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
    }

    private static String unwrapped(String name, char wrapper) {
        int from = 0;
        int to = name.length();
        while (from < to && name.charAt(from) == wrapper && name.charAt(to - 1) == wrapper && to - from > 1) {
            from++;
            to--;
        }
        return name.substring(from, to);
    }

    /** How many marks the line has if it is a marker with that word; 0 if it is none. */
    private int marks(char mark, String word) {
        return text.atEnd() ? 0 : marks(text.line(), mark, word);
    }

    private static int marks(String line, char mark, String word) {
        int count = 0;
        while (count < line.length() && line.charAt(count) == mark) {
            count++;
        }
        return count >= MIN_MARKS && count <= MAX_MARKS && line.substring(count).strip().equals(word) ? count : 0;
    }
}
