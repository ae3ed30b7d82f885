package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.AutoSyncException;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What copies hold, what they keep, and what becomes of them. */
class CandidatesTest {
    @TempDir
    Path outside;

    private Path workspace;
    private Path first;

    @BeforeEach
    void createWorkspace() throws IOException {
        workspace = Files.createDirectory(outside.resolve("workspace")).toRealPath();
        first = workspace.resolve(".autosync/candidates/1");
        Files.writeString(workspace.resolve("f0"), "old");
        Files.createDirectories(workspace.resolve("src"));
        Files.writeString(workspace.resolve("src/a"), "a");
    }

    private PatchRunner.Builder runner(Isolation isolation, TreeSuite.Before before) {
        return PatchRunner.builder(workspace).tests(new TreeSuite(before)).isolation(isolation).exclude("target/**");
    }

    private static PatchBatch write(String text) {
        return PatchBatch.of(List.of(Patch.write("p", "f0", text.getBytes())));
    }

    @Test
    void writesOnlyWhatDiffersInALaterCycle() throws Exception {
        runner(Isolation.candidates(1), context -> { }).build().run(write("new"));
        Object untouched = key(first.resolve("src/a"));
        Object landed = key(first.resolve("f0"));
        Files.writeString(workspace.resolve("src/b"), "b");
        runner(Isolation.candidates(1), context -> { }).build().run(write("newer"));

        assertThat(key(first.resolve("src/a"))).isEqualTo(untouched);
        assertThat(key(first.resolve("f0"))).isNotEqualTo(landed);
        assertThat(first.resolve("f0")).hasContent("newer");
        assertThat(first.resolve("src/b")).hasContent("b");
    }

    private static Object key(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime();
    }

    @Test
    void removesWhatTheTestsLeftAndKeepsWhatSnapshotsDoNotSee() throws Exception {
        TreeSuite.Before litters = context -> {
            Files.createDirectories(context.workspace().resolve("litter/deep"));
            Files.writeString(context.workspace().resolve("litter/deep/file"), "x");
            Files.writeString(context.workspace().resolve("src/a"), "changed");
            Files.createDirectories(context.workspace().resolve("target"));
            Files.writeString(context.workspace().resolve("target/built"), "x");
        };
        BatchReport report = runner(Isolation.candidates(1), litters).build().run(write("new"));
        assertThat(report.testChanges()).extracting(change -> change.path()).contains("litter/deep/file", "src/a");
        assertThat(report.foreignChanges()).isEmpty();
        assertThat(first.resolve("litter/deep/file")).exists();

        runner(Isolation.candidates(1), context -> assertThat(context.workspace().resolve("litter")).doesNotExist()).build().run(write("newer"));
        assertThat(first.resolve("src/a")).hasContent("a");
        assertThat(first.resolve("target/built")).exists();
        assertThat(workspace.resolve("litter")).doesNotExist();
        assertThat(workspace.resolve("target")).doesNotExist();
        assertThat(workspace.resolve("f0")).hasContent("newer");
    }

    @Test
    void seesAnEditThatWasTestedAndIsTakenBackBeforeTheEnd() throws Exception {
        int[] runs = {0};
        TreeSuite.Before edits = context -> {
            boolean firstRun = ++runs[0] == 1;
            Files.writeString(workspace.resolve("src/a"), firstRun ? "theirs" : "a");
            if (firstRun) {
                Files.writeString(context.workspace().resolve("src/a"), "changed by the tests");
            }
        };
        BatchReport report = runner(Isolation.candidates(1), edits).build().run(write("new"));
        assertThat(runs[0]).isGreaterThan(1);
        assertThat(report.foreignChanges()).contains("src/a");
        assertThat(workspace.resolve("src/a")).hasContent("a");
    }

    @Test
    void mentionsNoChangesInCopiesWhenTheyAreToBeLeft() throws Exception {
        BatchReport report = runner(Isolation.candidates(1), context -> Files.writeString(context.workspace().resolve("litter"), "x"))
                .testChanges(TestChanges.leave()).build().run(write("new"));
        assertThat(report.testChanges()).isEmpty();
    }

    @Test
    void copiesNeitherGitNorWhatIsExcludedUnlessItIsIncluded() throws Exception {
        Files.createDirectories(workspace.resolve(".git"));
        Files.writeString(workspace.resolve(".git/HEAD"), "ref: refs/heads/main");
        Files.createDirectories(workspace.resolve("target/libs"));
        Files.writeString(workspace.resolve("target/libs/one.jar"), "one");
        Files.writeString(workspace.resolve("target/two.jar"), "two");
        runner(Isolation.candidates(1).including("target/libs", "not-there"), context -> { }).build().run(write("new"));

        assertThat(first.resolve(".git")).doesNotExist();
        assertThat(first.resolve("target/two.jar")).doesNotExist();
        assertThat(first.resolve("target/libs/one.jar")).hasContent("one");
        Files.writeString(workspace.resolve("target/libs/one.jar"), "one, newer");
        runner(Isolation.candidates(1).including("target/libs"), context -> { }).build().run(write("newer"));
        assertThat(first.resolve("target/libs/one.jar")).hasContent("one, newer");
    }

    @Test
    void heedsWhatTheCloneIgnoresAndKeepsIt() throws Exception {
        Files.createDirectories(workspace.resolve(".git/info"));
        Files.writeString(workspace.resolve(".git/info/exclude"), "built/\n");
        Queue<Boolean> warm = new ConcurrentLinkedQueue<>();
        BatchReport report = runner(Isolation.candidates(1), context -> {
            Path built = context.workspace().resolve("built/a");
            warm.add(Files.exists(built));
            Files.createDirectories(built.getParent());
            Files.writeString(built, "a");
        }).build().run(write("new"));
        assertThat(warm).containsExactly(false, true);
        assertThat(report.testChanges()).isEmpty();
    }

    @Test
    void holdsNothingThatOnlyAnotherPatchLetItNotSee() throws Exception {
        Queue<String> stray = new ConcurrentLinkedQueue<>();
        BatchReport report = runner(Isolation.candidates(1), context -> {
            Path made = context.workspace().resolve("made");
            boolean ignored = Files.exists(context.workspace().resolve(".gitignore"));
            if (!ignored && Files.exists(made)) {
                stray.add("made");
            }
            if (ignored) {
                Files.writeString(made, "x");
            }
        }).build().run(PatchBatch.of(List.of(Patch.write("a", "src/a", "b".getBytes()), Patch.write("bad", "f0", "BAD".getBytes()),
                Patch.write("ignore", ".gitignore", "made\n".getBytes()))));
        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
        assertThat(stray).isEmpty();
    }

    @Test
    void includesNothingThroughALink() throws Exception {
        Files.createDirectories(outside.resolve("secret"));
        Files.writeString(outside.resolve("secret/key"), "key");
        Files.createSymbolicLink(workspace.resolve("linked"), outside);
        runner(Isolation.candidates(1).including("linked/secret"), context -> { }).build().run(write("new"));
        assertThat(Files.isSymbolicLink(first.resolve("linked"))).isTrue();
        assertThat(Files.exists(first.resolve("secret"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(outside.resolve("secret/key")).hasContent("key");
    }

    @Test
    void trustsALeftCopyByItsContentOnlyAndNeverWritesThroughItsLinks() throws Exception {
        Path elsewhere = Files.createDirectories(outside.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a"), "not ours");
        Files.createDirectories(first);
        Files.createSymbolicLink(first.resolve("src"), elsewhere);
        Files.createDirectories(first.resolve("f0/in/the/way"));
        Files.writeString(first.resolve("stale"), "stale");
        BatchReport report = runner(Isolation.candidates(1), context -> {
            assertThat(context.workspace().resolve("src/a")).hasContent("a");
            assertThat(context.workspace().resolve("stale")).doesNotExist();
        }).build().run(write("new"));

        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(elsewhere.resolve("a")).hasContent("not ours");
        assertThat(Files.isSymbolicLink(first.resolve("src"))).isFalse();
    }

    @Test
    void makesNoCopyThroughALinkInThePlaceOfTheCopies() throws Exception {
        Path elsewhere = Files.createDirectories(outside.resolve("elsewhere"));
        Files.createDirectories(workspace.resolve(".autosync"));
        Files.createSymbolicLink(workspace.resolve(".autosync/candidates"), elsewhere);
        assertThatThrownBy(() -> runner(Isolation.candidates(1), context -> { }).build().run(write("new"))).hasMessageContaining("AS-1303");
        Files.writeString(elsewhere.resolve("1"), "not ours");
        runner(Isolation.inPlace(), context -> { }).build().run(write("new"));
        assertThat(elsewhere).isDirectoryContaining(file -> file.endsWith("1"));
        assertThat(workspace.resolve("f0")).hasContent("new");
    }

    @Test
    void removesCopiesThatNobodyUsesAnyMore() throws Exception {
        runner(Isolation.candidates(3), context -> { }).build().run(write("new"));
        assertThat(workspace.resolve(".autosync/candidates/2")).isDirectory();
        runner(Isolation.candidates(1), context -> { }).build().run(write("newer"));
        assertThat(workspace.resolve(".autosync/candidates/2")).doesNotExist();
        assertThat(first).isDirectory();
        runner(Isolation.inPlace(), context -> { }).build().run(write("newest"));
        assertThat(workspace.resolve(".autosync/candidates")).doesNotExist();
    }

    @Test
    void beginsNoCopyForWhichThereIsTooLittleRoom() throws Exception {
        Workspace of = Workspace.at(workspace);
        of.createStateFolder("candidates");
        Snapshot tree = new TreeScanner(of, List.of(), Clock.systemUTC()).scan(null);
        for (long free : new long[] {0, 64 << 20, (64 << 20) + 4}) {
            CandidateTree copy = new CandidateTree(of, new RealFiles(), first, copied -> new TreeScanner(copied, List.of(), Clock.systemUTC()),
                    List.of(),
                    place -> free);
            if (free < (64 << 20) + 4) {
                assertThatThrownBy(() -> copy.bring(tree, Map.of())).isInstanceOfSatisfying(AutoSyncException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_IO)).hasMessageContaining("4 bytes more");
                assertThat(first.resolve("f0")).doesNotExist();
            } else {
                copy.bring(tree, Map.of());
                assertThat(first.resolve("f0")).hasContent("old");
            }
        }
    }

    @Test
    void refusesACommandThatNamesTheWorkspaceInsteadOfTestingIt() throws Exception {
        Files.writeString(workspace.resolve("run.sh"), "exit 0");
        BatchReport report = PatchRunner.builder(workspace).tests(TestSuite.command("sh", workspace.resolve("run.sh").toString()))
                .isolation(Isolation.candidates(1)).build().run(write("new"));
        assertThat(report.outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(1);
        assertThat(report.outcomes().get(0).reason()).contains("Use paths relative to the workspace");
        assertThat(workspace.resolve("f0")).hasContent("old");
    }

    @Test
    void testsTheWholeBatchBesideTheBaselineWithTwoCopies() throws Exception {
        CyclicBarrier bothAreRunning = new CyclicBarrier(2);
        TreeSuite.Before meets = context -> {
            try {
                bothAreRunning.await(20, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("nobody else is running", e);
            }
        };
        BatchReport report = runner(Isolation.candidates(2), meets).build().run(write("new"));
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(report.runs()).hasSize(2);
    }

    @Test
    void testsWhatTheSearchMayAskForNextBesideWhatItAsksFor() throws Exception {
        for (int i = 0; i < 12; i++) {
            Files.writeString(workspace.resolve("f" + i), "old");
        }
        CountDownLatch likelyIsRunning = new CountDownLatch(1);
        TreeSuite.Before meets = context -> {
            int patched = 0;
            while (patched < 12 && !Files.readString(context.workspace().resolve("f" + patched)).equals("old")) {
                patched++;
            }
            if (patched == 6 && !likelyIsRunning.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing runs beside the first run of the search");
            }
            if (patched == 3 || patched == 9) {
                likelyIsRunning.countDown();
            }
        };
        BatchReport report = PatchRunner.builder(workspace).isolation(Isolation.candidates(2)).tests(new TreeSuite(meets)).build()
                .run(PatchBatch.of(IntStream.range(0, 12)
                        .mapToObj(i -> Patch.write("p" + i, "f" + i, (i == 7 ? "BAD" : "new").getBytes())).toList()));
        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).extracting(outcome -> outcome.patch().id()).containsExactly("p7");
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(11);
    }

    @Test
    void runsOneAtATimeWhatDoesNotSayThatItCanRunSideBySide() throws Exception {
        Thread caller = Thread.currentThread();
        TreeSuite suite = new TreeSuite(context -> assertThat(Thread.currentThread()).isSameAs(caller));
        TestSuite alone = (TestContext context) -> suite.run(context);
        BatchReport report = PatchRunner.builder(workspace).tests(alone).isolation(Isolation.candidates(3)).build().run(write("BAD"));
        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
        assertThat(workspace.resolve(".autosync/candidates/2")).doesNotExist();
    }
}
