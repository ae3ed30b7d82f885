package dev.autosync.core.text;

import java.util.Arrays;
import java.util.List;

/**
 * The lines in which two texts differ. What both begin and end with alike is skipped without looking at its lines one by one, so that a
 * small change of a large text costs little more than comparing the bytes.
 *
 * <p>Threads: no state.
 */
public final class LineChanges {
    /** Equal lines after the last difference that are looked at all the same: a change may slide down among them, as {@link LineDiff} has it. */
    private static final int BEHIND = 64;

    private LineChanges() {}

    /**
     * Compares two texts.
     *
     * @param before the old lines
     * @param after the new lines
     * @return the changes in order, none touching the next; empty if the bytes are equal
     */
    public static List<LineDiff.Change> of(Lines before, Lines after) {
        byte[] old = before.bytes();
        byte[] now = after.bytes();
        int same = Arrays.mismatch(old, now);
        if (same < 0) {
            return List.of();
        }
        int first = lineAt(before, same);
        int most = Math.min(before.count(), after.count()) - first;
        int behind = 0;
        while (behind < most && sameLine(before, before.count() - 1 - behind, after, after.count() - 1 - behind)) {
            behind++;
        }
        behind = Math.max(0, behind - BEHIND);
        LineIds ids = new LineIds();
        List<LineDiff.Change> changes = LineDiff.of(ids(ids, before, first, before.count() - behind), ids(ids, after, first, after.count() - behind));
        return changes.stream().map(change -> new LineDiff.Change(change.oldFrom() + first, change.oldTo() + first, change.newFrom() + first,
                change.newTo() + first)).toList();
    }

    /** The line in which an offset lies, or the one after the last. */
    private static int lineAt(Lines lines, int offset) {
        int low = 0;
        int high = lines.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.end(middle) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // A last line without an end differs from the same one with an end.
        return low > 0 && low == lines.count() && !lines.isTerminated(low - 1) ? low - 1 : low;
    }

    private static boolean sameLine(Lines a, int i, Lines b, int j) {
        return Arrays.equals(a.bytes(), a.start(i), a.end(i), b.bytes(), b.start(j), b.end(j));
    }

    private static int[] ids(LineIds ids, Lines lines, int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = from; i < to; i++) {
            numbers[i - from] = ids.of(lines.bytes(), lines.start(i), lines.end(i));
        }
        return numbers;
    }
}
