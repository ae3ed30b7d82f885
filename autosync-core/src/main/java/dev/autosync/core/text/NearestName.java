package dev.autosync.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the name that somebody may have meant.
 *
 * <p>Source: Damerau, "A technique for computer detection and correction of spelling errors", 1964; optimal string alignment, where two
 * letters that changed places count once.
 */
public final class NearestName {
    private static final int MAX_LENGTH = 100;

    private NearestName() {}

    /**
     * The nearest of the known names.
     *
     * @param name what was written
     * @param known the names that exist
     * @return the nearest one, letters' case aside, if at most a third of its letters differ; of equally near ones the first in order
     */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, Math.max(name.length(), candidate.length()) / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate)).thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int best = Math.min(table[i - 1][j - 1] + (same(a, i, b, j) ? 0 : 1), 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && same(a, i, b, j - 1) && same(a, i - 1, b, j);
                table[i][j] = swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
            }
        }
        return table[a.length()][b.length()];
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
    }
}
