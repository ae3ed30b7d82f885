package dev.autosync.examples;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as unified diffs, as {@code git diff} does: three lines of context, {@code /dev/null} for a file that is not there,
 * and a note where the last line has no end. (The library finds the differing lines; its own writer has none of the latter two.)
 */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final Pattern LINE_START = Pattern.compile("(?<=\n)");

    private UnifiedDiff() {}

    static String of(Collection<FileChange> changes) {
        StringBuilder diff = new StringBuilder();
        changes.forEach(change -> append(diff, change));
        return diff.toString();
    }

    private static void append(StringBuilder diff, FileChange change) {
        List<String> before = lines(change.before());
        List<String> after = lines(change.after());
        diff.append("--- ").append(change.before() == null ? "/dev/null" : "a/" + change.path()).append('\n');
        diff.append("+++ ").append(change.after() == null ? "/dev/null" : "b/" + change.path()).append('\n');
        for (List<AbstractDelta<String>> hunk : hunks(DiffUtils.diff(before, after).getDeltas())) {
            append(diff, hunk, before, after);
        }
    }

    /** Differences whose contexts would touch share a hunk. */
    private static List<List<AbstractDelta<String>>> hunks(List<AbstractDelta<String>> deltas) {
        List<List<AbstractDelta<String>>> hunks = new ArrayList<>();
        int end = Integer.MIN_VALUE;
        for (AbstractDelta<String> delta : deltas) {
            if (hunks.isEmpty() || delta.getSource().getPosition() > end + 2 * CONTEXT) {
                hunks.add(new ArrayList<>());
            }
            hunks.get(hunks.size() - 1).add(delta);
            end = delta.getSource().getPosition() + delta.getSource().size();
        }
        return hunks;
    }

    private static void append(StringBuilder diff, List<AbstractDelta<String>> hunk, List<String> before, List<String> after) {
        AbstractDelta<String> first = hunk.get(0);
        AbstractDelta<String> last = hunk.get(hunk.size() - 1);
        int lead = Math.min(CONTEXT, first.getSource().getPosition());
        int oldStart = first.getSource().getPosition() - lead;
        int newStart = first.getTarget().getPosition() - lead;
        int oldChanged = last.getSource().getPosition() + last.getSource().size();
        int oldEnd = Math.min(before.size(), oldChanged + CONTEXT);
        int newEnd = last.getTarget().getPosition() + last.getTarget().size() + oldEnd - oldChanged;
        diff.append("@@ -").append(range(oldStart, oldEnd)).append(" +").append(range(newStart, newEnd)).append(" @@\n");

        int line = oldStart;
        for (AbstractDelta<String> delta : hunk) {
            append(diff, ' ', before.subList(line, delta.getSource().getPosition()));
            append(diff, '-', delta.getSource().getLines());
            append(diff, '+', delta.getTarget().getLines());
            line = delta.getSource().getPosition() + delta.getSource().size();
        }
        append(diff, ' ', before.subList(line, oldEnd));
    }

    private static void append(StringBuilder diff, char sign, List<String> lines) {
        for (String line : lines) {
            diff.append(sign).append(line);
            if (!line.endsWith("\n")) {
                diff.append("\n\\ No newline at end of file\n");
            }
        }
    }

    /** Counted from one; an empty range names the line before it. */
    private static String range(int start, int end) {
        return (end == start ? start : start + 1) + "," + (end - start);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(LINE_START.split(text));
    }
}
