package dev.autosync.core.patch;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the place where lines nearly stand, for the reason of a conflict: fewest differing lines first, then closest.
 *
 * <p>Looks at a window around the expected place, as wide as a fixed amount of work allows, and everywhere at the places to which the
 * lines point that are rare in the file. Bounded, so not always the best place of a large file; nothing is ever applied there.
 */
final class NearestSearch {
    private static final int MAX_COMPARISONS = 400_000;
    private static final int MAX_OCCURRENCES = 16;
    private static final int MAX_RARE_LINES = 16;

    private final int[] file;
    private final int[] lines;
    private final DiffWork work;
    private int best = -1;
    private int bestDiffering;
    private long bestDistance;

    NearestSearch(int[] file, int[] lines, DiffWork work) {
        this.file = file;
        this.lines = lines;
        this.work = work;
        this.bestDiffering = lines.length;
    }

    Placement find(int from, int expected) throws DiffRefused {
        long window = Math.max(1, MAX_COMPARISONS / 2 / Math.max(1, lines.length));
        int middle = Math.max(from, Math.min(expected, file.length));
        int first = (int) Math.max(from, middle - window);
        int last = (int) Math.min(file.length - 1L, middle + window);
        for (int at = first; at <= last; at++) {
            consider(at, expected);
        }
        pointedTo(from, expected);
        return best < 0 ? Placement.missing(-1, lines.length, 0) : Placement.missing(best, bestDiffering, firstDiffering());
    }

    private void pointedTo(int from, int expected) throws DiffRefused {
        work.spend(2L * file.length);
        Map<Integer, Integer> occurrences = new HashMap<>();
        for (int line : lines) {
            occurrences.put(line, 0);
        }
        for (int i = from; i < file.length; i++) {
            occurrences.computeIfPresent(file[i], (line, count) -> count + 1);
        }
        Map<Integer, Integer> rare = new HashMap<>();
        for (int i = 0; i < lines.length && rare.size() < MAX_RARE_LINES; i++) {
            int count = occurrences.getOrDefault(lines[i], 0);
            if (count > 0 && count <= MAX_OCCURRENCES) {
                rare.putIfAbsent(lines[i], i);
            }
        }
        for (int i = from; i < file.length && !rare.isEmpty(); i++) {
            Integer offset = rare.get(file[i]);
            if (offset != null && i - offset >= from) {
                consider(i - offset, expected);
            }
        }
    }

    private void consider(int at, int expected) throws DiffRefused {
        work.spend(1);
        long distance = Math.abs((long) at - expected);
        int differing = 0;
        int i = 0;
        for (; i < lines.length && differing <= bestDiffering; i++) {
            differing += at + i < file.length && file[at + i] == lines[i] ? 0 : 1;
        }
        work.spend(i);
        if (differing < lines.length && (differing < bestDiffering || differing == bestDiffering && distance < bestDistance)) {
            best = at;
            bestDiffering = differing;
            bestDistance = distance;
        }
    }

    private int firstDiffering() {
        for (int i = 0; i < lines.length; i++) {
            if (best + i >= file.length || file[best + i] != lines[i]) {
                return i;
            }
        }
        return 0;
    }
}
