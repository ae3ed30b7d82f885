package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a text file that are to be replaced, without a number that says where.
 *
 * @param label what reasons call it
 * @param headers lines that stand above it in the file, outermost first
 * @param marks {@code ' '}, {@code '-'} or {@code '+'} for each line
 * @param texts the lines
 * @param endsFile whether nothing follows its old lines
 */
record TextHunk(String label, List<String> headers, byte[] marks, List<String> texts, boolean endsFile) {
    TextHunk {
        headers = List.copyOf(headers);
        texts = List.copyOf(texts);
    }

    /** What it looks for. */
    List<String> before() {
        return side('+');
    }

    /** What it leaves there. */
    List<String> after() {
        return side('-');
    }

    /** What it adds. */
    List<String> added() {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] == '+') {
                added.add(texts.get(i));
            }
        }
        return added;
    }

    private List<String> side(char other) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != other) {
                lines.add(texts.get(i));
            }
        }
        return lines;
    }

    /** Whether new lines found without the old ones mean that it was applied: blank lines may stand anywhere, and so may bare context. */
    boolean isTelling() {
        boolean adds = added().stream().anyMatch(line -> !line.isBlank());
        return adds || marks.length > 2 && marks[0] == ' ' && marks[marks.length - 1] == ' ';
    }

    /** With the innermost header as its context, where it has no lines to look for itself. */
    TextHunk underHeader() {
        byte[] all = new byte[marks.length + 1];
        all[0] = ' ';
        System.arraycopy(marks, 0, all, 1, marks.length);
        List<String> lines = new ArrayList<>(texts);
        lines.add(0, headers.get(headers.size() - 1));
        return new TextHunk(label, headers, all, lines, endsFile);
    }
}
