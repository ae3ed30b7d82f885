package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that change while tests run in the workspace. */
class TestChangesTest {
    @TempDir
    Path outside;

    private Path workspace;

    @BeforeEach
    void createWorkspace() throws IOException {
        workspace = Files.createDirectory(outside.resolve("workspace")).toRealPath();
        for (int i = 0; i < 6; i++) {
            Files.writeString(workspace.resolve("f" + i), "old " + i);
        }
    }

    private void git() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(":"))).as("git is on the PATH")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
        for (List<String> command : List.of(List.of("git", "init", "-q"), List.of("git", "add", "-A"))) {
            assertThat(new ProcessBuilder(command).directory(workspace.toFile()).inheritIO().start().waitFor()).isZero();
        }
    }

    private BatchReport run(TestChanges policy, PatchBatch batch, TreeSuite.Before before) throws Exception {
        return PatchRunner.builder(workspace).tests(new TreeSuite(before)).testChanges(policy).build().run(batch);
    }

    /** A patch for each of the six files; that of f2 is bad. */
    private static PatchBatch batch() {
        return PatchBatch.of(Stream.of(0, 1, 2, 3, 4, 5).map(i -> Patch.write("p" + i, "f" + i, ((i == 2 ? "BAD " : "new ") + i).getBytes())).toList());
    }

    private void litter() throws IOException {
        Files.createDirectories(workspace.resolve("out/deep/empty"));
        Files.writeString(workspace.resolve("out/deep/log"), "log");
        Files.writeString(workspace.resolve("left-behind"), "x");
        if (!Files.exists(workspace.resolve("link"), LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(workspace.resolve("link"), Path.of("f0"));
        }
    }

    private void assertLanded(BatchReport report) {
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(5);
        for (int i = 0; i < 6; i++) {
            assertThat(workspace.resolve("f" + i)).hasContent((i == 2 ? "old " : "new ") + i);
        }
    }

    private static List<String> texts(BatchReport report) {
        return report.testChanges().stream().map(change -> change.path() + " " + change.treatment()).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void undoesWhatTestsCreateWithItsFoldersAndSavesIt(boolean inGit) throws Exception {
        if (inGit) {
            git();
        }
        Files.createDirectories(workspace.resolve("kept"));
        Files.writeString(workspace.resolve("kept/there"), "there");
        BatchReport report = run(TestChanges.undo(), batch(), context -> {
            litter();
            Files.writeString(workspace.resolve("kept/new"), "new");
        });

        assertLanded(report);
        assertThat(texts(report)).containsExactly("kept/new UNDONE", "left-behind UNDONE", "link UNDONE", "out/deep/log UNDONE");
        assertThat(report.foreignChanges()).isEmpty();
        assertThat(workspace.resolve("out")).doesNotExist();
        assertThat(workspace.resolve("left-behind")).doesNotExist();
        assertThat(Files.exists(workspace.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(workspace.resolve("kept/new")).doesNotExist();
        assertThat(workspace.resolve("kept/there")).hasContent("there");
        assertThat(saved(report, "out/deep/log")).hasContent("log");
        assertThat(saved(report, "link")).hasContent("f0");
    }

    private Path saved(BatchReport report, String path) {
        TestChange change = report.testChanges().stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
        String place = change.saved().orElseThrow();
        assertThat(place).startsWith(".autosync/conflicts/batch-");
        return workspace.resolve(place);
    }

    @Test
    void beginsEachRunWithoutWhatEarlierRunsLeft() throws Exception {
        AtomicInteger dirty = new AtomicInteger();
        BatchReport report = run(TestChanges.undo(), batch(), context -> {
            if (Files.exists(workspace.resolve("left-behind"))) {
                dirty.incrementAndGet();
            }
            litter();
        });
        assertLanded(report);
        assertThat(dirty).hasValue(0);
        Files.writeString(workspace.resolve("f2"), "old 2!");

        AtomicInteger left = new AtomicInteger();
        run(TestChanges.report(), PatchBatch.of(List.of(Patch.write("p", "f2", "BAD".getBytes()))), context -> {
            if (Files.exists(workspace.resolve("left-behind"))) {
                left.incrementAndGet();
            }
            litter();
        });
        assertThat(left).as("what is only reported is there in the next run").hasPositiveValue();
    }

    @Test
    void leavesWhatGitTracksAndPutsBackTheRest() throws Exception {
        Files.writeString(workspace.resolve("tracked"), "tracked");
        git();
        Files.writeString(workspace.resolve("untracked"), "untracked");
        Files.writeString(workspace.resolve("deleted"), "deleted");
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("tracked"));
        TreeSuite.Before edits = context -> {
            Files.writeString(workspace.resolve("tracked"), "edited");
            Files.writeString(workspace.resolve("untracked"), "edited");
            Files.deleteIfExists(workspace.resolve("deleted"));
            Files.deleteIfExists(workspace.resolve("link"));
            Files.createSymbolicLink(workspace.resolve("link"), Path.of("elsewhere"));
            Files.writeString(workspace.resolve("new"), "new");
        };
        BatchReport report = run(TestChanges.undo(), batch(), edits);

        assertLanded(report);
        assertThat(texts(report)).containsExactly("deleted UNDONE", "link UNDONE", "new UNDONE", "tracked LEFT", "untracked UNDONE");
        assertThat(report.foreignChanges()).containsExactly("tracked");
        assertThat(workspace.resolve("tracked")).hasContent("edited");
        assertThat(workspace.resolve("untracked")).hasContent("untracked");
        assertThat(workspace.resolve("deleted")).hasContent("deleted");
        assertThat(Files.readSymbolicLink(workspace.resolve("link"))).isEqualTo(Path.of("tracked"));
        assertThat(saved(report, "untracked")).hasContent("edited");

        Files.writeString(workspace.resolve("tracked"), "tracked");
        BatchReport all = run(TestChanges.undo().withTracked(), PatchBatch.of(List.of(Patch.write("p", "f0", "newer".getBytes()))), edits);
        assertThat(all.foreignChanges()).isEmpty();
        assertThat(workspace.resolve("tracked")).hasContent("tracked");
        assertThat(saved(all, "tracked")).hasContent("edited");
    }

    @Test
    void leavesWhatItHeldBeforeCannotBeReadAndPutsBackTheRest() throws Exception {
        git();
        Files.writeString(workspace.resolve("spoiled"), "this is what was spoiled");
        Files.writeString(workspace.resolve("whole"), "this is whole");
        BatchReport report = run(TestChanges.undo(), batch(), context -> {
            spoil("this is what was spoiled");
            Files.writeString(workspace.resolve("spoiled"), "edited");
            Files.writeString(workspace.resolve("whole"), "edited");
        });

        assertLanded(report);
        assertThat(texts(report)).containsExactly("spoiled LEFT", "whole UNDONE");
        assertThat(report.testChanges().get(0).reason()).contains("cannot be read any more");
        assertThat(report.foreignChanges()).containsExactly("spoiled");
        assertThat(workspace.resolve("spoiled")).hasContent("edited");
        assertThat(workspace.resolve("whole")).hasContent("this is whole");
    }

    /** Damages a text in the packs of the snapshots. */
    private void spoil(String text) throws IOException {
        try (DirectoryStream<Path> packs = Files.newDirectoryStream(workspace.resolve(".autosync/snapshots"), "*.pack")) {
            for (Path pack : packs) {
                String bytes = Files.readString(pack, StandardCharsets.ISO_8859_1);
                Files.writeString(pack, bytes.replace(text, text.toUpperCase(Locale.ROOT)), StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void protectsEverythingWhenTheIndexCannotBeRead() throws Exception {
        git();
        Files.writeString(workspace.resolve(".git/index"), "no index");
        BatchReport report = run(TestChanges.undo(), batch(), context -> litter());
        assertLanded(report);
        assertThat(report.testChanges()).allMatch(change -> change.treatment() == TestChange.Treatment.LEFT);
        assertThat(workspace.resolve("left-behind")).exists();
    }

    @Test
    void reportsWithoutTouchingAndMentionsNothingWhenToldToLeaveIt() throws Exception {
        BatchReport reported = run(TestChanges.report(), batch(), context -> litter());
        assertLanded(reported);
        assertThat(reported.foreignChanges()).contains("left-behind", "out/deep/log");
        Files.delete(workspace.resolve("left-behind"));
        BatchReport left = run(TestChanges.leave(), PatchBatch.of(List.of(Patch.write("p", "f0", "newer".getBytes()))), context -> litter());
        assertThat(left.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(left.foreignChanges()).isEmpty();
        assertThat(left.testChanges()).isEmpty();
        assertThat(workspace.resolve("left-behind")).exists();
    }

    /** A formatter: it rewrites a patched file in each run. */
    private void format() throws IOException {
        String text = Files.readString(workspace.resolve("f0"));
        Files.writeString(workspace.resolve("f0"), text.endsWith("formatted") ? text : text + " formatted");
    }

    @Test
    void putsBackAPatchedFileThatTestsRewriteOnlyWhereItMay() throws Exception {
        git();
        assertThatThrownBy(() -> run(TestChanges.undo(), batch(), context -> {
            if (Files.readString(workspace.resolve("f0")).startsWith("new")) {
                format();
            }
        })).hasMessageContaining("AS-1305");
        assertThat(workspace.resolve("f0")).hasContent("new 0 formatted");
        assertThat(workspace.resolve("f1")).hasContent("old 1");

        Files.writeString(workspace.resolve("f0"), "old 0");
        BatchReport report = run(TestChanges.undo().withTracked(), batch(), context -> {
            if (Files.readString(workspace.resolve("f0")).startsWith("new")) {
                format();
            }
        });
        assertLanded(report);
        assertThat(texts(report)).containsExactly("f0 UNDONE");
        assertThat(saved(report, "f0")).hasContent("new 0 formatted");
    }

    @Test
    void savesEveryVersionThatItPutsBack() throws Exception {
        AtomicInteger run = new AtomicInteger();
        BatchReport report = run(TestChanges.undo(), batch(), context -> Files.writeString(workspace.resolve("counter"), "run " + run.incrementAndGet()));
        assertLanded(report);
        Path first = saved(report, "counter").resolveSibling("counter");
        assertThat(first).hasContent("run 1");
        for (int number = 2; number <= run.get(); number++) {
            assertThat(first.resolveSibling("counter~" + number)).hasContent("run " + number);
        }
        assertThat(workspace.resolve("counter")).doesNotExist();
    }

    @Test
    void undoesAllOrNothingWithTheBatch() throws Exception {
        assertThatThrownBy(() -> run(TestChanges.undo(), batch(), context -> {
            litter();
            if (Files.readString(workspace.resolve("f2")).startsWith("BAD")) {
                return;
            }
            if (Files.readString(workspace.resolve("f1")).startsWith("new")) {
                throw new InterruptedException("as a listener's cancel would");
            }
        })).isInstanceOf(InterruptedException.class);
        assertThat(workspace.resolve("f0")).hasContent("old 0");
        assertThat(workspace.resolve("left-behind")).as("what the tests left is there again").hasContent("x");
    }

    @Test
    void removesNoFolderThatAPatchHasEmptiedOrThatWasEmpty() throws Exception {
        Files.createDirectories(workspace.resolve("emptied"));
        Files.createDirectories(workspace.resolve("empty"));
        Files.writeString(workspace.resolve("emptied/file"), "x");
        BatchReport report = run(TestChanges.undo(), PatchBatch.of(List.of(Patch.delete("p", "emptied/file"))),
                context -> Files.writeString(workspace.resolve("empty/new"), "new"));
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(workspace.resolve("emptied")).isEmptyDirectory();
        assertThat(workspace.resolve("empty")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void touchesNothingThatComesIntoSightWhenOtherFilesAreIgnored(boolean inGit) throws Exception {
        Files.writeString(workspace.resolve(".gitignore"), ".env\ntarget/\nempty/\n");
        Files.writeString(workspace.resolve(".env"), "secret");
        Files.createDirectories(workspace.resolve("empty"));
        Files.createDirectories(workspace.resolve("target/classes"));
        Files.writeString(workspace.resolve("target/classes/a"), "a");
        if (inGit) {
            git();
        }
        List<Patch> patches = new ArrayList<>(batch().patches());
        patches.add(0, Patch.write("ignore", ".gitignore", "f5\n".getBytes()));
        BatchReport report = run(TestChanges.undo(), PatchBatch.of(patches), context -> Files.writeString(workspace.resolve("new"), "new"));

        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(6);
        assertThat(workspace.resolve(".env")).hasContent("secret");
        assertThat(workspace.resolve("target/classes/a")).hasContent("a");
        assertThat(workspace.resolve("empty")).isEmptyDirectory();
        assertThat(texts(report)).contains(".env LEFT", "target/classes/a LEFT").doesNotContain("f5 UNDONE");
    }

    @Test
    void touchesNothingThatWasIgnoredWhenTestsDeleteWhatSaysSo() throws Exception {
        Files.writeString(workspace.resolve(".gitignore"), ".env\n");
        Files.writeString(workspace.resolve(".env"), "secret");
        Files.createDirectories(workspace.resolve("sub"));
        Files.writeString(workspace.resolve("sub/.gitignore"), "*.log\n");
        Files.writeString(workspace.resolve("sub/a.log"), "a");
        git();
        BatchReport report = run(TestChanges.undo(), batch(), context -> {
            Files.deleteIfExists(workspace.resolve("sub/.gitignore"));
            Files.writeString(workspace.resolve("left-behind"), "x");
            Files.writeString(workspace.resolve(".gitignore"), "f1\n");
        });
        assertLanded(report);
        assertThat(workspace.resolve(".env")).hasContent("secret");
        assertThat(workspace.resolve("sub/a.log")).hasContent("a");
        assertThat(texts(report)).contains(".env LEFT", "sub/a.log LEFT");
    }

    @Test
    void undoesWhatIsNewWhereTheSameIsIgnoredAsBefore() throws Exception {
        Files.createDirectories(workspace.resolve("sub"));
        Files.writeString(workspace.resolve("sub/.gitignore"), "*.log\n");
        BatchReport report = run(TestChanges.undo(), batch(), context -> {
            Files.writeString(workspace.resolve("sub/.gitignore"), "");
            litter();
        });
        assertLanded(report);
        assertThat(texts(report)).contains("left-behind UNDONE", "out/deep/log UNDONE");
        assertThat(workspace.resolve("out")).doesNotExist();
    }

    @Test
    void removesNoFolderInWhichSomethingIsLeft() throws Exception {
        BatchReport report = PatchRunner.builder(workspace).tests(new TreeSuite(context -> {
            litter();
            Files.createDirectories(workspace.resolve("out/cache"));
            Files.writeString(workspace.resolve("out/cache/warm"), "warm");
        })).exclude("out/cache/**").testChanges(TestChanges.undo()).build().run(batch());
        assertLanded(report);
        assertThat(workspace.resolve("out/cache/warm")).hasContent("warm");
        assertThat(workspace.resolve("out/deep/log")).doesNotExist();
    }
}
