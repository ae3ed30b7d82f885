package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds every place where some lines stand in a file. Lines are numbers that are equal when the lines are.
 *
 * <p>Source: Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", SIAM Journal on Computing 6(2), 1977: linear, however often the
 * lines nearly stand somewhere.
 */
final class LineSearch {
    private LineSearch() {}

    /**
     * Finds lines.
     *
     * @param file the lines of the file
     * @param lines the lines looked for, at least one
     * @param from the first line of the file to look at
     * @param most as many places as are wanted
     * @return where they start, in order; places may overlap
     */
    static List<Integer> find(int[] file, int[] lines, int from, int most) {
        int[] border = borders(lines);
        List<Integer> found = new ArrayList<>();
        int matched = 0;
        for (int i = from; i < file.length && found.size() < most; i++) {
            while (matched > 0 && file[i] != lines[matched]) {
                matched = border[matched - 1];
            }
            if (file[i] == lines[matched]) {
                matched++;
            }
            if (matched == lines.length) {
                found.add(i + 1 - matched);
                matched = border[matched - 1];
            }
        }
        return found;
    }

    /** Whether lines stand at one place, which may lie outside the file. */
    static boolean stands(int[] file, int[] lines, int at) {
        if (at < 0 || at + lines.length > file.length) {
            return false;
        }
        for (int i = 0; i < lines.length; i++) {
            if (file[at + i] != lines[i]) {
                return false;
            }
        }
        return true;
    }

    /** For each beginning of the lines the length of its longest proper beginning that is also its end. */
    private static int[] borders(int[] lines) {
        int[] border = new int[lines.length];
        int length = 0;
        for (int i = 1; i < lines.length; i++) {
            while (length > 0 && lines[i] != lines[length]) {
                length = border[length - 1];
            }
            if (lines[i] == lines[length]) {
                length++;
            }
            border[i] = length;
        }
        return border;
    }
}
