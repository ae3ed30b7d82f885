package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.PathText;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What holds wherever patches are tested, and how many runs of the tests are under way at a time. */
abstract class IsolationContract {
    @TempDir
    Path outside;

    Path workspace;

    abstract Isolation isolation();

    @BeforeEach
    final void createWorkspace() throws IOException {
        workspace = Files.createDirectory(outside.resolve("workspace")).toRealPath();
        for (int i = 0; i < 12; i++) {
            Files.writeString(workspace.resolve("f" + i), "old " + i + "\n");
        }
    }

    final PatchRunner runner(TestSuite suite) {
        return PatchRunner.builder(workspace).tests(suite).isolation(isolation()).build();
    }

    final TestSuite suite() {
        return new TreeSuite(context -> { });
    }

    /** A patch for each of the twelve files; those at the given places are bad. */
    static PatchBatch batch(Integer... bad) {
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            patches.add(Patch.write("p" + i, "f" + i, ((List.of(bad).contains(i) ? "BAD " : "new ") + i).getBytes()));
        }
        return PatchBatch.of(patches);
    }

    /** All that the workspace holds but what is the engine's own: texts, marks of links, folders and programs. */
    final Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(workspace)) {
            for (Path path : paths.filter(path -> !path.startsWith(workspace.resolve(".autosync"))).toList()) {
                tree.put(PathText.of(workspace, path), Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path)
                        : Files.isDirectory(path) ? "folder" : (Files.isExecutable(path) ? "x " : "") + Files.readString(path));
            }
        }
        return tree;
    }

    @Test
    void keepsGoodPatchesAndTakesOutExactlyTheBadOnes() throws Exception {
        Map<String, String> before = tree();
        BatchReport report = runner(suite()).run(batch(3, 8));

        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).extracting(outcome -> outcome.patch().id()).containsExactly("p3", "p8");
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(10);
        assertThat(report.restored()).extracting(RestoredFile::path).containsExactlyInAnyOrder("f3", "f8");
        assertThat(report.restored()).allMatch(RestoredFile::same);
        assertThat(report.foreignChanges()).isEmpty();
        Map<String, String> wanted = new TreeMap<>(before);
        for (int i = 0; i < 12; i++) {
            if (i != 3 && i != 8) {
                wanted.put("f" + i, "new " + i);
            }
        }
        assertThat(tree()).isEqualTo(wanted);
    }

    @Test
    void findsTwoOfTwelveInFewRunsOfWhichOneIsOfAllThatLands() throws Exception {
        List<String> first = runs(runner(suite()).run(batch(3, 8)));
        assertThat(first).startsWith("0 0 GREEN", "1 12 RED").hasSizeLessThanOrEqualTo(12);
        assertThat(first).anyMatch(run -> run.endsWith(" 10 GREEN"));
    }

    private static List<String> runs(BatchReport report) {
        return report.runs().stream().map(run -> run.number() + " " + run.patches().size() + " " + run.run().verdict()).toList();
    }

    @Test
    void testsWhatTheWorkspaceHolds() throws Exception {
        Files.createDirectories(workspace.resolve("src/deep"));
        Files.writeString(workspace.resolve("src/deep/a"), "a");
        Files.writeString(workspace.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(workspace.resolve("program"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("src/deep"));
        Files.createSymbolicLink(workspace.resolve("dangling"), Path.of("nowhere"));
        Files.createDirectories(workspace.resolve("empty"));
        Files.writeString(PathText.resolve(workspace, "not-utf-8-\udcff"), "odd");
        Files.writeString(workspace.resolve("gone"), "gone");
        PatchBatch batch = PatchBatch.of(List.of(Patch.write("new", "made/by/patch", "p".getBytes()), Patch.delete("gone", "gone"),
                Patch.write("program", "program", "#!/bin/sh\nexit 1\n".getBytes())));
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Map<String, String> before = tree();
        TestSuite looks = new TreeSuite(context -> {
            Path tree = context.workspace();
            boolean patched = Files.notExists(tree.resolve("gone"));
            check(wrong, Files.readString(tree.resolve("src/deep/a")).equals("a"), "a");
            check(wrong, Files.isExecutable(tree.resolve("program")), "program");
            check(wrong, Files.isSymbolicLink(tree.resolve("link")) && Files.readString(tree.resolve("link/a")).equals("a"), "link");
            check(wrong, Files.isSymbolicLink(tree.resolve("dangling")), "dangling");
            check(wrong, Files.isDirectory(tree.resolve("empty")), "empty");
            check(wrong, Files.readString(PathText.resolve(tree, "not-utf-8-\udcff")).equals("odd"), "not-utf-8");
            check(wrong, Files.exists(tree.resolve("made/by/patch")) == patched, "made/by/patch");
        });
        BatchReport report = runner(looks).run(batch);

        assertThat(wrong).isEmpty();
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(3);
        Map<String, String> wanted = new TreeMap<>(before);
        wanted.remove("gone");
        wanted.put("made", "folder");
        wanted.put("made/by", "folder");
        wanted.put("made/by/patch", "p");
        wanted.put("program", "x #!/bin/sh\nexit 1\n");
        assertThat(tree()).isEqualTo(wanted);
    }

    private static void check(Queue<String> wrong, boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void leavesNoChildAndNoChangeWhenItIsInterrupted() throws Exception {
        Path started = outside.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
        Map<String, String> before = tree();
        TestSuite waits = TestSuite.command("sh", "-c", "if grep -q new f0; then echo $$ > " + started + "; exec sleep 600; fi");
        Thread runner = Thread.currentThread();
        CompletableFuture<Long> child = CompletableFuture.supplyAsync(() -> {
            try {
                long pid = Long.parseLong(Files.readString(started).trim());
                runner.interrupt();
                return pid;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> runner(waits).run(batch())).isInstanceOf(InterruptedException.class);

        assertThat(ProcessHandle.of(child.join()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(tree()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("autosync-candidate"));
    }

    @Test
    void isBeforeOrAfterABatchWhenTheProcessDiesInTheMiddleOfARun() throws Exception {
        Map<String, String> before = tree();
        try (ChildJvm child = ChildJvm.start(DyingProbe.class, workspace.toString(), Integer.toString(isolation().copies()))) {
            Optional<String> line = Optional.ofNullable(child.line());
            assertThat(line).contains("dying");
            while (child.line() != null) {
                // Until it is dead.
            }
        }
        assertThat(tree().equals(before)).as("nothing to put right").isEqualTo(!isolation().isInPlace());
        assertThat(runner(suite()).run(PatchBatch.of(List.of())).foreignChanges()).isEmpty();
        assertThat(tree()).isEqualTo(before);
    }

    /** In place the disk holds the tree of the latest run when the rest is planned again. */
    @Test
    void plansForTheTreeWhateverWasTestedLast() throws Exception {
        Files.writeString(workspace.resolve("e"), "e");
        TestSuite suite = (TestContext context) -> Files.isRegularFile(context.workspace().resolve("e")) ? suite().run(context)
                : TestRun.of(Verdict.RED, "no e", List.of(TestResult.of("e", TestResult.Status.FAILED, Duration.ZERO, "no e")), Duration.ZERO);
        BatchReport report = runner(suite).run(PatchBatch.of(List.of(Patch.write("good", "f0", "new".getBytes()), Patch.delete("bad", "e"),
                Patch.write("below", "e/below", "x".getBytes()))));

        assertThat(report.outcomes()).extracting(PatchOutcome::kind)
                .containsExactly(PatchOutcome.Kind.APPLIED, PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED);
        assertThat(((PatchOutcome.Dropped) report.outcomes().get(2)).because()).containsExactly("bad");
        assertThat(workspace.resolve("e")).hasContent("e");
    }

    @Test
    void keepsWhatSomebodyElseWritesIntoAFileOfTheBatch() throws Exception {
        TestSuite meddled = new TreeSuite(context -> {
            if (Files.readString(context.workspace().resolve("f1")).startsWith("new")) {
                Files.writeString(workspace.resolve("f5"), "theirs");
            }
        });
        assertThatThrownBy(() -> runner(meddled).run(batch(2))).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED));
        Map<String, String> after = tree();
        assertThat(after).containsEntry("f5", "theirs");
        assertThat(after).containsEntry("f4", "old 4\n").containsEntry("f6", "old 6\n");
    }

    @Test
    void keepsWhatSomebodyElseWritesIntoAFileOfTheBatchDuringTheBaseline() throws Exception {
        TestSuite meddled = new TreeSuite(context -> {
            if (Files.readString(context.workspace().resolve("f1")).startsWith("old")) {
                Files.writeString(workspace.resolve("f5"), "theirs");
            }
        });
        assertThatThrownBy(() -> runner(meddled).run(batch())).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED));
        assertThat(tree()).containsEntry("f5", "theirs").containsEntry("f4", "old 4\n");
    }

    @Test
    void keepsAndReportsWhatSomebodyElseWritesBesideTheBatch() throws Exception {
        Files.writeString(workspace.resolve("notes"), "mine");
        TestSuite meddled = new TreeSuite(context -> Files.writeString(workspace.resolve("notes"), "theirs"));
        BatchReport report = runner(meddled).run(batch(2));

        assertThat(report.foreignChanges()).containsExactly("notes");
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(11);
        assertThat(workspace.resolve("notes")).hasContent("theirs");
    }

    @Test
    void showsUntestedBytesInTheWorkspaceOnlyInPlace() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        TestSuite watches = new TreeSuite(context -> {
            for (int i = 0; i < 12; i++) {
                if (!Files.readString(workspace.resolve("f" + i)).startsWith("old")) {
                    seen.add("f" + i);
                }
            }
        });
        BatchReport report = runner(watches).run(batch(3));

        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
        assertThat(seen.isEmpty()).isEqualTo(!isolation().isInPlace());
    }

    @Test
    void letsTestsRewriteWhatTheyTestOnlyInACopy() throws Exception {
        TestSuite formats = new TreeSuite(context -> {
            Path file = context.workspace().resolve("f0");
            Files.writeString(file, Files.readString(file).strip() + " formatted\n");
        });
        if (isolation().isInPlace()) {
            assertThatThrownBy(() -> runner(formats).run(batch(3))).hasMessageContaining("AS-1305");
            assertThat(workspace.resolve("f0")).content().contains("formatted");
            assertThat(workspace.resolve("f1")).hasContent("old 1\n");
        } else {
            BatchReport report = runner(formats).run(batch(3));
            assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(11);
            assertThat(workspace.resolve("f0")).hasContent("new 0");
            assertThat(report.foreignChanges()).isEmpty();
            assertThat(report.testChanges()).extracting(change -> change.path() + " " + change.treatment()).containsExactly("f0 DISCARDED");
        }
    }
}
