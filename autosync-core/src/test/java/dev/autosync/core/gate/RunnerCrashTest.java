package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ProgressListener;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner whose process dies at any one of its calls to the file system; the next one finds the workspace before the batch, or after it. */
class RunnerCrashTest {
    @TempDir
    Path folder;

    private int trees;

    private Path workspace() throws IOException {
        Path root = Files.createDirectory(folder.resolve("w" + trees++)).toRealPath();
        Files.writeString(root.resolve("f1"), "1\n2\n3\n");
        Files.writeString(root.resolve("f2"), "gone");
        Files.createDirectories(root.resolve("e"));
        Files.writeString(root.resolve("e/x"), "x");
        return root;
    }

    /** Creates, changes and deletes, makes a file of a folder, and has a culprit with one that depends on it. */
    private static PatchBatch batch() {
        return PatchBatch.of(Patch.unifiedDiff("text", "--- a/f1\n+++ b/f1\n@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n"), Patch.delete("gone", "f2"),
                Patch.write("bad", "f3", "BAD".getBytes()), Patch.builder("on-bad", "write-file").target("n2").content("x").needs("bad").build(),
                Patch.write("deep", "n/m/file", new byte[] {0}), Patch.delete("x", "e/x"), Patch.write("e", "e", new byte[] {1}));
    }

    private static PatchRunner runner(Path root, FilePort files) {
        WorkspaceOptions options = new WorkspaceOptions(List.of(), true, SnapshotLimits.ofDefaults().keep(0), PatchLimits.ofDefaults(), Isolation.inPlace(),
                TestChanges.report(), TestPolicy.ofDefaults(), null, false);
        return new GatePatchRunner(new WorkspaceParts(Workspace.at(root), files, new TreeSuite(context -> { }), new PatchFormats(PatchFormats.builtIn()),
                options, ProgressListener.none(), Clock.systemUTC()), Duration.ZERO);
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.startsWith(root.resolve(".autosync")) && !path.equals(root)).toList()) {
                tree.put(root.relativize(path).toString(), Files.isDirectory(path) ? "folder" : Files.readString(path));
            }
        }
        return tree;
    }

    /** Runs the batch until it dies at the n-th call; says whether it came so far, and what the disk held. */
    private boolean dies(Path root, int n) throws InterruptedException {
        FaultyFiles files = new FaultyFiles(new RealFiles(root));
        files.dieAt(n);
        try {
            runner(root, files).run(batch());
        } catch (AutoSyncException e) {
            return true;
        }
        return files.heal();
    }

    @Test
    void leavesTheWorkspaceBeforeOrAfterWhereverItDies() throws Exception {
        Path untouched = workspace();
        Map<String, String> before = tree(untouched);
        assertThat(runner(untouched, new RealFiles(untouched)).run(batch()).outcomes()).extracting(PatchOutcome::kind).containsOnly(PatchOutcome.Kind.APPLIED,
                PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED);
        Map<String, String> after = tree(untouched);
        int undone = 0;
        int kept = 0;
        int halfDone = 0;
        boolean more = true;
        for (int n = 1; more; n++) {
            Path root = workspace();
            more = dies(root, n);
            Map<String, String> left = tree(root);
            halfDone += left.equals(before) || left.equals(after) ? 0 : 1;
            runner(root, new RealFiles(root)).run(PatchBatch.of(List.of()));
            Map<String, String> found = tree(root);
            assertThat(found).as("call %d", n).isIn(before, after);
            undone += found.equals(before) ? 1 : 0;
            kept += found.equals(after) ? 1 : 0;
        }
        assertThat(undone).isGreaterThan(10);
        assertThat(kept).isGreaterThan(1);
        assertThat(halfDone).as("the control: without recovery it would be half done").isGreaterThan(10);
    }
}
