package dev.autosync.bench;

import java.util.List;

/**
 * Unified diffs over three files each, in three folders where there are as many; no two patches touch the same file, so that each can
 * be applied to the tree as it was generated.
 */
final class ThreeFilePatches {
    private static final int CONTEXT = 3;

    private final GeneratedTree tree;
    private final int apart;

    ThreeFilePatches(GeneratedTree tree) {
        this.tree = tree;
        this.apart = tree.files() / 3;
    }

    /** The text of a patch: a line is added behind the first of each file. */
    String diff(int patch) {
        if (patch >= apart) {
            throw new IllegalArgumentException("there are only " + apart + " patches");
        }
        StringBuilder diff = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            addTo(diff, patch + i * apart, "// changed by patch " + patch);
        }
        return diff.toString();
    }

    private void addTo(StringBuilder diff, int file, String added) {
        String path = tree.path(file);
        List<String> lines = tree.content(file).lines().limit(1 + CONTEXT).toList();
        diff.append("diff --git a/").append(path).append(" b/").append(path).append('\n')
                .append("--- a/").append(path).append('\n')
                .append("+++ b/").append(path).append('\n')
                .append("@@ -1,").append(lines.size()).append(" +1,").append(lines.size() + 1).append(" @@\n")
                .append(' ').append(lines.get(0)).append('\n')
                .append('+').append(added).append('\n');
        lines.stream().skip(1).forEach(line -> diff.append(' ').append(line).append('\n'));
    }
}
