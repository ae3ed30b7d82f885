package dev.autosync.core.text;

import dev.autosync.patch.FileContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes what changes in a file as a unified diff in git's dialect, so that applying it to the file before gives the file after byte
 * for byte.
 *
 * <p>Three lines of context; headers for new and deleted files and changed modes; an {@code index} line with whole blob ids; a
 * marker where a last line has no end. Bytes are written as they are, whatever their encoding; names are quoted as git quotes them. A
 * file with a NUL among its first 8,000 bytes counts as binary, as in git, and so does one of more than a million lines, or one
 * that ends in a lone carriage return: its whole content is written, before and after.
 *
 * <p>Cost: in proportion to the file, and for lines that differ to their number times a constant; the diff is then right but may be
 * longer than need be. Threads: no state.
 */
public final class UnifiedDiffWriter {
    private static final int CONTEXT = 3;
    private static final int ID_DIGITS = 40;
    private static final int MAX_LINES = 1_000_000;
    private static final int MAX_HUNKS = 5_000;
    private static final int BINARY_PREFIX = 8_000;
    private static final byte[] NO_BYTES = {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private UnifiedDiffWriter() {}

    /**
     * Writes the diff of one file.
     *
     * @param path the file, relative to the workspace, with {@code /}
     * @param before what it held; empty if it was not there
     * @param after what it holds then; empty if it is gone
     * @return the diff; no bytes if nothing changes
     */
    public static byte[] write(String path, Optional<FileContent> before, Optional<FileContent> after) {
        if (before.equals(after)) {
            return NO_BYTES;
        }
        UnifiedDiffWriter writer = new UnifiedDiffWriter();
        writer.file(path, before, after);
        return writer.out.toByteArray();
    }

    private void file(String path, Optional<FileContent> before, Optional<FileContent> after) {
        String oldName = GitNames.quote("a/" + path);
        String newName = GitNames.quote("b/" + path);
        line("diff --git " + oldName + " " + newName);
        byte[] oldBytes = before.map(FileContent::bytes).orElse(NO_BYTES);
        byte[] newBytes = after.map(FileContent::bytes).orElse(NO_BYTES);
        modes(before, after);
        if (before.isPresent() && after.isPresent() && Arrays.equals(oldBytes, newBytes)) {
            return;
        }
        boolean sameMode = before.isPresent() && after.isPresent() && before.get().executable() == after.get().executable();
        line("index " + id(before, oldBytes) + ".." + id(after, newBytes) + (sameMode ? " " + mode(after.get()) : ""));
        if (isBinary(oldBytes) || isBinary(newBytes)) {
            line("GIT binary patch");
            GitBinary.literal(newBytes, out);
            GitBinary.literal(oldBytes, out);
        } else if (oldBytes.length + newBytes.length > 0) {
            line("--- " + (before.isPresent() ? terminated(oldName) : "/dev/null"));
            line("+++ " + (after.isPresent() ? terminated(newName) : "/dev/null"));
            hunks(Lines.of(oldBytes), Lines.of(newBytes));
        }
    }

    private void modes(Optional<FileContent> before, Optional<FileContent> after) {
        if (before.isEmpty()) {
            line("new file mode " + mode(after.orElseThrow()));
        } else if (after.isEmpty()) {
            line("deleted file mode " + mode(before.get()));
        } else if (before.get().executable() != after.get().executable()) {
            line("old mode " + mode(before.get()));
            line("new mode " + mode(after.get()));
        }
    }

    private static String mode(FileContent content) {
        return content.executable() ? "100755" : "100644";
    }

    private static String id(Optional<FileContent> content, byte[] bytes) {
        return content.isPresent() ? GitBlob.id(bytes).substring(0, ID_DIGITS) : "0".repeat(ID_DIGITS);
    }

    /** A tab ends a name with a space in it, or readers would take the rest for a time. */
    private static String terminated(String name) {
        return name.indexOf(' ') >= 0 ? name + "\t" : name;
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, BINARY_PREFIX); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        // A carriage return before a line feed that is not there looks like a line end to many readers.
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' || Lines.count(bytes) > MAX_LINES;
    }

    private void hunks(Lines before, Lines after) {
        List<LineDiff.Change> changes = LineChanges.of(before, after);
        if (changes.size() > MAX_HUNKS) {
            LineDiff.Change first = changes.get(0);
            LineDiff.Change last = changes.get(changes.size() - 1);
            changes = List.of(new LineDiff.Change(first.oldFrom(), last.oldTo(), first.newFrom(), last.newTo()));
        }
        for (int from = 0; from < changes.size(); ) {
            int to = from + 1;
            while (to < changes.size() && changes.get(to).oldFrom() - changes.get(to - 1).oldTo() <= 2 * CONTEXT) {
                to++;
            }
            hunk(before, after, changes.subList(from, to));
            from = to;
        }
    }

    private void hunk(Lines before, Lines after, List<LineDiff.Change> changes) {
        LineDiff.Change first = changes.get(0);
        LineDiff.Change last = changes.get(changes.size() - 1);
        int leading = Math.min(CONTEXT, first.oldFrom());
        int trailing = Math.min(CONTEXT, before.count() - last.oldTo());
        int oldFrom = first.oldFrom() - leading;
        int newFrom = first.newFrom() - leading;
        line("@@ -" + range(oldFrom, last.oldTo() + trailing) + " +" + range(newFrom, last.newTo() + trailing) + " @@");
        int at = oldFrom;
        for (LineDiff.Change change : changes) {
            lines(' ', before, at, change.oldFrom());
            lines('-', before, change.oldFrom(), change.oldTo());
            lines('+', after, change.newFrom(), change.newTo());
            at = change.oldTo();
        }
        lines(' ', before, at, last.oldTo() + trailing);
    }

    /** Lines counted from 1; an empty range stands after its line. */
    private static String range(int from, int to) {
        int count = to - from;
        return (count == 0 ? from : from + 1) + (count == 1 ? "" : "," + count);
    }

    private void lines(char mark, Lines lines, int from, int to) {
        for (int i = from; i < to; i++) {
            out.write(mark);
            out.write(lines.bytes(), lines.start(i), lines.end(i) - lines.start(i));
            if (!lines.isTerminated(i)) {
                line("");
                line("\\ No newline at end of file");
            }
        }
    }

    private void line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
    }
}
