package dev.autosync.core.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The changes that turn one sequence of lines into another, as few as is cheap to find.
 *
 * <p>Source: Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986, section 4b (linear space). Where two
 * stretches differ in more than 2 x 512 lines, the search settles for the farthest path found, so that time stays in proportion to
 * the lines; the result is then right but may be longer than need be.
 *
 * <p>A pure insertion or removal that could stand at several lines stands at the last of them, as in git: its first line then differs
 * from the line after it, which is what lets an applier tell a change that is made from one that is not.
 */
public final class LineDiff {
    private static final int MAX_DEPTH = 512;

    private final int[] a;
    private final int[] b;
    private final boolean[] removed;
    private final boolean[] added;

    private LineDiff(int[] a, int[] b) {
        this.a = a;
        this.b = b;
        this.removed = new boolean[a.length];
        this.added = new boolean[b.length];
    }

    /**
     * Lines of the old sequence that are replaced by lines of the new one.
     *
     * @param oldFrom the first old line, counted from 0
     * @param oldTo after the last old line
     * @param newFrom the first new line
     * @param newTo after the last new line
     */
    public record Change(int oldFrom, int oldTo, int newFrom, int newTo) {}

    /**
     * Compares two sequences.
     *
     * @param a the old lines, as numbers that are equal when the lines are ({@link LineIds})
     * @param b the new lines
     * @return the changes in order, none touching the next; empty if the sequences are equal
     */
    public static List<Change> of(int[] a, int[] b) {
        LineDiff diff = new LineDiff(a, b);
        diff.compare(0, a.length, 0, b.length);
        return diff.slide(diff.changes());
    }

    private void compare(int aFrom, int aTo, int bFrom, int bTo) {
        while (true) {
            while (aFrom < aTo && bFrom < bTo && a[aFrom] == b[bFrom]) {
                aFrom++;
                bFrom++;
            }
            while (aFrom < aTo && bFrom < bTo && a[aTo - 1] == b[bTo - 1]) {
                aTo--;
                bTo--;
            }
            if (aFrom == aTo || bFrom == bTo) {
                Arrays.fill(removed, aFrom, aTo, true);
                Arrays.fill(added, bFrom, bTo, true);
                return;
            }
            long split = split(aFrom, aTo, bFrom, bTo);
            int x = (int) (split >> 32);
            int y = (int) split;
            compare(aFrom, x, bFrom, y);
            aFrom = x;
            bFrom = y;
        }
    }

    /*
     * Walks from both corners at once. forward[k] is the farthest x on diagonal k = x - y reached from the top left with d edits,
     * backward[k] the nearest x to the top left reached from the bottom right; when they meet, the meeting point lies on a shortest
     * path. Coordinates are relative to the box; arrays are offset so that every diagonal within the depth has an index.
     */
    private long split(int aFrom, int aTo, int bFrom, int bTo) {
        int n = aTo - aFrom;
        int m = bTo - bFrom;
        int delta = n - m;
        boolean odd = (delta & 1) != 0;
        int depth = (int) Math.min(((long) n + m + 1) / 2, MAX_DEPTH);
        int[] forward = new int[2 * depth + 3];
        int[] backward = new int[2 * depth + 3];
        int zero = depth + 1;
        forward[zero + 1] = 0;
        backward[zero + 1] = 0;
        for (int d = 0; d <= depth; d++) {
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || k != d && forward[zero + k - 1] < forward[zero + k + 1] ? forward[zero + k + 1]
                        : forward[zero + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && a[aFrom + x] == b[bFrom + y]) {
                    x++;
                    y++;
                }
                forward[zero + k] = x;
                int opposite = delta - k;
                if (odd && Math.abs(opposite) <= d - 1 && x <= n && y <= m && meets(x, backward[zero + opposite], opposite, n, m)) {
                    return point(aFrom + x, bFrom + y);
                }
            }
            for (int k = -d; k <= d; k += 2) {
                int x = k == -d || k != d && backward[zero + k - 1] < backward[zero + k + 1] ? backward[zero + k + 1]
                        : backward[zero + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && a[aTo - 1 - x] == b[bTo - 1 - y]) {
                    x++;
                    y++;
                }
                backward[zero + k] = x;
                int opposite = delta - k;
                if (!odd && Math.abs(opposite) <= d && x <= n && y <= m && meets(x, forward[zero + opposite], opposite, n, m)) {
                    return point(aTo - x, bTo - y);
                }
            }
        }
        return farthest(forward, zero, depth, aFrom, n, bFrom, m);
    }

    /** Whether a path meets the one from the other corner, which is at {@code x} on its diagonal and may have left the box. */
    private static boolean meets(int here, int x, int diagonal, int n, int m) {
        return x <= n && x - diagonal <= m && here + x >= n;
    }

    private static long farthest(int[] forward, int zero, int depth, int aFrom, int n, int bFrom, int m) {
        int bestX = 0;
        int bestY = 0;
        for (int k = -depth; k <= depth; k += 2) {
            int x = Math.min(forward[zero + k], n);
            int y = x - k;
            if (y >= 0 && y <= m && x + y > bestX + bestY && x + y < n + m) {
                bestX = x;
                bestY = y;
            }
        }
        return bestX + bestY > 0 ? point(aFrom + bestX, bFrom + bestY) : point(aFrom + n, bFrom);
    }

    private static long point(int x, int y) {
        return (long) x << 32 | y;
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            int oldFrom = i;
            int newFrom = j;
            while (i < a.length && removed[i]) {
                i++;
            }
            while (j < b.length && added[j]) {
                j++;
            }
            if (i > oldFrom || j > newFrom) {
                changes.add(new Change(oldFrom, i, newFrom, j));
            } else {
                i++;
                j++;
            }
        }
        return changes;
    }

    /** Moves pure insertions and removals down as far as they go, and joins what then touches. */
    private List<Change> slide(List<Change> changes) {
        List<Change> result = new ArrayList<>(changes.size());
        for (int c = changes.size() - 1; c >= 0; c--) {
            Change change = changes.get(c);
            while (true) {
                Change next = result.isEmpty() ? null : result.get(result.size() - 1);
                if (next != null && change.oldTo == next.oldFrom) {
                    change = new Change(change.oldFrom, next.oldTo, change.newFrom, next.newTo);
                    result.remove(result.size() - 1);
                } else if (change.oldFrom == change.oldTo && change.newTo < b.length && b[change.newFrom] == b[change.newTo]
                        || change.newFrom == change.newTo && change.oldTo < a.length && a[change.oldFrom] == a[change.oldTo]) {
                    change = new Change(change.oldFrom + 1, change.oldTo + 1, change.newFrom + 1, change.newTo + 1);
                } else {
                    break;
                }
            }
            result.add(change);
        }
        Collections.reverse(result);
        return result;
    }
}
