package dev.autosync.bench.diff;

import dev.autosync.bench.Samples;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A diff over 1,000 files of 100 lines each, of which it changes one in their middle. */
final class ThousandFiles {
    private static final int FILES = 1_000;
    private static final int LINES = 100;
    private static final int CHANGED = 50;
    private static final int CONTEXT = 3;

    private final Path workspace;
    private final byte[] diff = diff();

    ThousandFiles(Path workspace) throws IOException, InterruptedException {
        this.workspace = workspace;
        Files.createDirectories(workspace);
        reset();
        if (CommandTool.run(workspace, List.of("git", "init", "--quiet")) != 0 || CommandTool.run(workspace, List.of("git", "add", "--all")) != 0) {
            throw new IOException("git cannot make a repository");
        }
    }

    /** Writes all files as they were. */
    void reset() throws IOException {
        for (int file = 0; file < FILES; file++) {
            Path path = workspace.resolve(path(file));
            Files.createDirectories(path.getParent());
            Files.writeString(path, text(file, false));
        }
    }

    /** Lets a tool apply the diff. */
    void measure(DiffTool tool, Samples samples, boolean counts) throws IOException, InterruptedException {
        reset();
        long start = System.nanoTime();
        DiffTool.Said said = tool.apply(workspace, diff);
        if (counts) {
            samples.addNanosSince(start);
        }
        check(tool.who(), said == DiffTool.Said.APPLIED);
    }

    /** AutoSync's part that does the same: plan from the files on the disk, then write durably in one transaction. */
    void measureAutoSync(Samples plans, Samples all, boolean counts) throws IOException {
        reset();
        Workspace root = Workspace.at(workspace);
        root.createState();
        RealFiles files = new RealFiles(root.root());
        long start = System.nanoTime();
        PatchedTree tree = new PatchedTree(root, files);
        BatchPlan plan = new BatchPlanner(new PatchFormats(PatchFormats.builtIn()))
                .plan(List.of(Patch.builder("diff", "unified-diff").content(diff).build()), tree, Set.of());
        if (counts) {
            plans.addNanosSince(start);
        }
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        plan.planned().forEach(planned -> planned.edits().forEach(edit -> state.put(edit.path(), edit.after())));
        try (Transaction transaction = new Journal(root, files, () -> "boot").begin("t", () -> { })) {
            transaction.moveTo(state, tree.disk());
            transaction.commit("");
            if (counts) {
                all.addNanosSince(start);
            }
            transaction.checkpoint();
        }
        check("autosync", plan.planned().size() == 1);
    }

    private void check(String who, boolean applied) throws IOException {
        for (int file = 0; file < FILES; file++) {
            if (!applied || !Files.readString(workspace.resolve(path(file))).equals(text(file, true))) {
                throw new IllegalStateException(who + " has not applied the diff to " + path(file));
            }
        }
    }

    private static byte[] diff() {
        StringBuilder diff = new StringBuilder();
        for (int file = 0; file < FILES; file++) {
            String path = path(file);
            int first = CHANGED - CONTEXT;
            int lines = 2 * CONTEXT + 1;
            diff.append("diff --git a/").append(path).append(" b/").append(path).append("\n--- a/").append(path).append("\n+++ b/").append(path)
                    .append("\n@@ -").append(first).append(',').append(lines).append(" +").append(first).append(',').append(lines).append(" @@\n");
            for (int line = first; line < first + lines; line++) {
                diff.append(line == CHANGED ? '-' : ' ').append(line(file, line)).append('\n');
                if (line == CHANGED) {
                    diff.append("+changed\n");
                }
            }
        }
        return diff.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(int file, boolean changed) {
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= LINES; line++) {
            text.append(changed && line == CHANGED ? "changed" : line(file, line)).append('\n');
        }
        return text.toString();
    }

    private static String line(int file, int line) {
        return "line " + line + " of file " + file + ", which says nothing in particular";
    }

    private static String path(int file) {
        return "d" + file / 50 + "/f" + file + ".txt";
    }
}
