package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.List;

/** Tells which lines of a replacement are those that it replaces, so that they keep the bytes that the file has for them. */
final class KeptLines {
    /** Beyond this many pairs of lines only a common beginning and end count. */
    private static final long MAX_PAIRS = 250_000;

    private KeptLines() {}

    /** The hunk that turns some lines into others: a longest common subsequence is its context. */
    static TextHunk hunk(String label, List<String> before, List<String> after) {
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        StringBuilder marks = new StringBuilder(" ".repeat(head));
        List<String> texts = new ArrayList<>(before.subList(0, head));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), marks, texts);
        marks.append(" ".repeat(tail));
        texts.addAll(before.subList(before.size() - tail, before.size()));
        byte[] kinds = new byte[marks.length()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) marks.charAt(i);
        }
        return new TextHunk(label, List.of(), kinds, texts, false);
    }

    private static void middle(List<String> before, List<String> after, StringBuilder marks, List<String> texts) {
        int rows = before.size();
        int columns = after.size();
        boolean compared = (long) rows * columns <= MAX_PAIRS;
        int[][] common = compared ? common(before, after) : new int[0][0];
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            boolean both = i < rows && j < columns;
            if (compared && both && before.get(i).equals(after.get(j))) {
                marks.append(' ');
                texts.add(before.get(i++));
                j++;
            } else if (i < rows && (!both || !compared || common[i + 1][j] >= common[i][j + 1])) {
                marks.append('-');
                texts.add(before.get(i++));
            } else {
                marks.append('+');
                texts.add(after.get(j++));
            }
        }
    }

    /** The lengths of longest common subsequences, from each pair of lines to the ends. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
