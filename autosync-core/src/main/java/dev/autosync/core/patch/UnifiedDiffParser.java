package dev.autosync.core.patch;

import dev.autosync.core.text.GitNames;
import dev.autosync.core.text.Lines;
import dev.autosync.patch.PatchLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the bytes of a unified diff, git's dialect or plain, into its sections.
 *
 * <p>Text before, between and after sections (mail headers, commit messages, signatures) is skipped, but never a line that looks as
 * if it belonged to a hunk. Linear, without regular expressions; bounded in bytes, lines and hunks.
 */
final class UnifiedDiffParser {
    private final PatchCursor cursor;
    private final PatchLimits limits;
    private final List<FileDiff> sections = new ArrayList<>();
    private int hunksSeen;

    private UnifiedDiffParser(PatchCursor cursor, PatchLimits limits) {
        this.cursor = cursor;
        this.limits = limits;
    }

    /**
     * Reads a patch.
     *
     * @param patch its bytes; offsets in the hunks are into {@link Parsed#bytes()}
     * @param limits how many lines and hunks it may have, and how large its binary content may be
     * @return at least one section
     * @throws DiffRefused if it is no unified diff, too large, or asks for something unsupported
     */
    static Parsed parse(byte[] patch, PatchLimits limits) throws DiffRefused {
        if (Lines.count(patch) > limits.maxLines()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxLines() + " lines");
        }
        byte[] bytes = terminated(patch);
        UnifiedDiffParser parser = new UnifiedDiffParser(new PatchCursor(Lines.of(bytes)), limits);
        parser.sections();
        return new Parsed(bytes, parser.sections);
    }

    /** The sections of a patch, and the bytes that their hunks point into. */
    record Parsed(byte[] bytes, List<FileDiff> sections) {}

    /** A patch that was cut off within its last line end gets one, the same as its first line has. */
    private static byte[] terminated(byte[] patch) {
        if (patch.length == 0 || patch[patch.length - 1] == '\n') {
            return patch;
        }
        Lines lines = Lines.of(patch);
        boolean crLf = lines.isCrLf(0) && patch[patch.length - 1] != '\r';
        byte[] whole = Arrays.copyOf(patch, patch.length + (crLf ? 2 : 1));
        if (crLf) {
            whole[patch.length] = '\r';
        }
        whole[whole.length - 1] = '\n';
        return whole;
    }

    private void sections() throws DiffRefused {
        while (!cursor.atEnd()) {
            if (cursor.startsWith("diff --git ")) {
                gitSection();
            } else if (cursor.startsWith("--- ") && cursor.startsWith(1, "+++ ")) {
                plainSection();
            } else if (cursor.startsWith("@@ -")) {
                throw DiffRefused.malformed(cursor.number(), "a hunk without the name of a file before it");
            } else if (cursor.startsWith("diff --cc ") || cursor.startsWith("diff --combined ")) {
                throw DiffRefused.unsupported(cursor.number(), "diffs of merges are not supported");
            } else {
                cursor.next();
            }
        }
        if (sections.isEmpty()) {
            throw DiffRefused.malformed(1, "the patch holds no diff");
        }
    }

    private void gitSection() throws DiffRefused {
        GitHeader header = GitHeader.read(cursor, limits);
        if (!cursor.atEnd() && cursor.startsWith("--- ")) {
            header.names(name("--- "), name("+++ "));
            sections.add(header.section(hunks()));
        } else {
            sections.add(header.section(List.of()));
        }
        if (sections.size() > limits.maxHunks()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxHunks() + " sections");
        }
    }

    private void plainSection() throws DiffRefused {
        int line = cursor.number();
        GitHeader header = new GitHeader(line);
        header.names(name("--- "), name("+++ "));
        sections.add(header.section(hunks()));
    }

    /** The name in a {@code ---} or {@code +++} line, up to the tab before a time; {@code /dev/null} stays as it is. */
    private String name(String prefix) throws DiffRefused {
        if (!cursor.startsWith(prefix)) {
            throw DiffRefused.malformed(cursor.number(), "expected '" + prefix + "' and a name");
        }
        byte[] bytes = cursor.bytes();
        int from = cursor.start() + prefix.length();
        int to = cursor.textEnd();
        if (from < to && bytes[from] == '"') {
            int end = GitNames.endOfQuoted(bytes, from, to);
            to = end < 0 ? to : end;
        } else {
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\t') {
                    to = i;
                }
            }
        }
        String name = GitHeader.name(cursor, from, to);
        cursor.next();
        return name;
    }

    private List<Hunk> hunks() throws DiffRefused {
        List<Hunk> hunks = new ArrayList<>();
        while (!cursor.atEnd() && cursor.startsWith("@@ -")) {
            hunks.add(HunkReader.read(cursor));
            if (++hunksSeen > limits.maxHunks()) {
                throw DiffRefused.limit("the patch has more than " + limits.maxHunks() + " hunks");
            }
        }
        if (hunks.isEmpty()) {
            throw DiffRefused.malformed(Math.max(1, cursor.number() - 1), "expected a hunk header like '@@ -1,3 +1,4 @@' below");
        }
        refuseLeftovers(hunks.get(hunks.size() - 1));
        return hunks;
    }

    /** A hunk whose header counts too few lines would otherwise lose the rest of its lines in silence. */
    private void refuseLeftovers(Hunk last) throws DiffRefused {
        while (!cursor.atEnd() && cursor.isBlank()) {
            cursor.next();
        }
        if (cursor.atEnd() || isSignature() || cursor.startsWith("--- ") && cursor.startsWith(1, "+++ ")) {
            return;
        }
        int first = cursor.first();
        if (first == ' ' || first == '+' || first == '-') {
            throw DiffRefused.malformed(last.headerLine, "the hunk has more lines than its header says; line " + cursor.number()
                    + " is left over: '" + cursor.shown() + "'");
        }
    }

    /** The line that sets off a signature in a mail. */
    private boolean isSignature() {
        return cursor.startsWith("--") && (cursor.textEnd() - cursor.start() == 2
                || cursor.textEnd() - cursor.start() == 3 && cursor.startsWith("-- "));
    }
}
