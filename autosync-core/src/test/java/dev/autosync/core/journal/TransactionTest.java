package dev.autosync.core.journal;

import static dev.autosync.core.journal.Tree.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.LockException;
import dev.autosync.patch.RestoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTest {
    @TempDir
    Path root;

    private FaultyFiles files;
    private Workspace workspace;
    private Journal journal;
    private Map<String, String> before;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(root.resolve("a"), "old a");
        Files.writeString(root.resolve("b"), "old b");
        workspace = Workspace.at(root);
        workspace.createState();
        files = new FaultyFiles(new RealFiles(workspace.root()));
        journal = new Journal(workspace, files, () -> "boot-1");
        before = Tree.of(root);
    }

    @Test
    void landsAllOfACommittedStateAndLeavesNothingElse() {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "new a", "b", null, "x/y/c", "new c"));
            transaction.commit("");
            transaction.checkpoint();
        }
        assertThat(Tree.of(root)).containsExactlyInAnyOrderEntriesOf(Map.of("a", "new a", "x", "/", "x/y", "/", "x/y/c", "new c"));
        assertThat(journal.empty()).isTrue();
    }

    @Test
    void undoesEverythingThatWasNotCommittedFoldersIncluded() {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "new a", "b", null, "x/y/c", "new c"));
        }
        assertThat(Tree.of(root)).isEqualTo(before);
        assertThat(journal.empty()).isTrue();
    }

    @Test
    void movesBetweenStatesAndBack() {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "1", "b", "1"));
            transaction.moveTo(state("a", "2"));
            assertThat(Tree.of(root)).containsEntry("a", "2").containsEntry("b", "old b");
            transaction.moveTo(state("x/c", "3"));
            assertThat(Tree.of(root)).containsEntry("a", "old a").containsEntry("x/c", "3");
            transaction.moveTo(state());
            transaction.commit("");
            transaction.checkpoint();
        }
        assertThat(Tree.of(root)).isEqualTo(before);
    }

    @Test
    void provesWhatWasPutBack() {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "1", "n", "new", "b", "2"));
            transaction.moveTo(state("b", "2"));
            assertThat(transaction.restored()).extracting(RestoredFile::path).containsExactly("a", "n");
            assertThat(transaction.restored()).allMatch(RestoredFile::same);
            assertThat(transaction.restored().get(1).before()).isEmpty();
            transaction.commit("");
            transaction.checkpoint();
        }
    }

    @Test
    void forcesTwiceATransactionHoweverManyFiles() {
        Map<String, java.util.Optional<dev.autosync.patch.FileContent>> many = new java.util.LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            many.putAll(state("many/" + i, "new " + i));
        }
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(many);
            transaction.commit("");
            assertThat(files.count("log.force")).isEqualTo(2);
            assertThat(files.count("force")).isZero();
            transaction.checkpoint();
        }
        assertThat(files.count("force")).isEqualTo(100);
    }

    @Test
    void neverOverwritesWhatSomebodyElseWroteMeanwhile() throws IOException {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "1", "b", "1"));
            Files.writeString(root.resolve("a"), "theirs");
            assertThatThrownBy(() -> transaction.moveTo(state("a", "2", "b", "2")))
                    .isInstanceOf(AutoSyncException.class)
                    .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        }
        assertThat(Tree.of(root)).containsEntry("a", "theirs").containsEntry("b", "old b");
        assertThat(workspace.state("conflicts").resolve("t/a")).hasContent("old a");
    }

    @Test
    void keepsTheModeOfWhatItReplacesAndPutsBack() throws IOException {
        Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rwx------"));
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(Map.of("a", java.util.Optional.of(dev.autosync.patch.FileContent.of("new").executable(true))));
            assertThat(Files.getPosixFilePermissions(root.resolve("a"))).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            transaction.moveTo(Map.of("a", java.util.Optional.of(dev.autosync.patch.FileContent.of("new"))));
            assertThat(Files.getPosixFilePermissions(root.resolve("a"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(root.resolve("a"))).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void leavesAFileToItsOwner() throws IOException {
        assumeThat(Files.exists(Path.of("/proc/self")) ? Files.getAttribute(Path.of("/proc/self"), "unix:uid") : -1).as("only the superuser can give files away").isEqualTo(0);
        Files.setAttribute(root.resolve("a"), "unix:uid", 1234);
        Files.setAttribute(root.resolve("a"), "unix:gid", 4321);
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "new a"));
            assertThat(Files.readAttributes(root.resolve("a"), "unix:uid,gid")).containsEntry("uid", 1234).containsEntry("gid", 4321);
        }
        assertThat(Files.readAttributes(root.resolve("a"), "unix:uid,gid")).containsEntry("uid", 1234).containsEntry("gid", 4321);
        assertThat(root.resolve("a")).hasContent("old a");
    }

    @Test
    void undoesTheRestWhenOneFileCannotBePutBack() throws IOException {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d/e"), "old e");
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "1", "d/e", null, "b", "1"));
            Files.delete(root.resolve("a"));
            Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
            Files.delete(root.resolve("d"));
            assertThatThrownBy(() -> transaction.moveTo(state("a", "2"))).isInstanceOf(AutoSyncException.class)
                    .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        }
        assertThat(root.resolve("a")).as("theirs").isSymbolicLink();
        assertThat(root.resolve("b")).hasContent("old b");
        assertThat(root.resolve("d/e")).hasContent("old e");
        assertThat(workspace.state("conflicts").resolve("t/a")).hasContent("old a");
        assertThat(journal.empty()).isTrue();
    }

    @Test
    void undoesOnADiskThatIsFullOfItsOwnJournal() throws IOException {
        // Space for one more small file only when the half written record is taken back.
        for (String call : new String[] {"log.append", "log.force"}) {
            try (Transaction transaction = journal.begin("t", () -> { })) {
                transaction.moveTo(state("a", "1", "b", "1"));
                long prepared = Files.size(workspace.state("journal"));
                files.failNext(call);
                assertThatThrownBy(() -> transaction.commit("x".repeat(1000))).isInstanceOf(AutoSyncException.class);
                assertThat(workspace.state("journal")).as(call).hasSize(prepared);
            }
            assertThat(Tree.of(root)).isEqualTo(before);
            assertThat(journal.empty()).isTrue();
        }
    }

    @Test
    void changesNoFileThatIsNotWhatThePlanWasMadeFor() throws IOException {
        Files.writeString(root.resolve("a"), "theirs");
        try (Transaction transaction = journal.begin("t", () -> { })) {
            assertThatThrownBy(() -> transaction.moveTo(state("b", "1", "a", "1"), state("a", "old a", "b", "old b")))
                    .hasMessageContaining("a").extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        }
        assertThat(root.resolve("a")).hasContent("theirs");
        assertThat(root.resolve("b")).hasContent("old b");
    }

    @Test
    void refusesABatchThatNoRecoveryCouldRead() {
        Journal small = new Journal(workspace, files, () -> "boot-1", 1000);
        try (Transaction transaction = small.begin("t", () -> { })) {
            transaction.moveTo(state("a", "small"));
            assertThatThrownBy(() -> transaction.moveTo(state("a", "x".repeat(600))))
                    .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.PATCH_LIMIT);
        }
        assertThat(Tree.of(root)).isEqualTo(before);
    }

    @Test
    void isNotDisturbedByAnInterrupt() {
        Thread.currentThread().interrupt();
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "1"));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Tree.of(root)).isEqualTo(before);
    }

    /** What somebody else does who finds the transaction in the journal and takes the process for dead. */
    private void recoverAndBeginAnother() {
        journal.recovery(() -> { }).run();
        journal.recovery(() -> { }).forget();
        try (Transaction other = journal.begin("other", () -> { })) {
            other.moveTo(state("a", "their a"));
            other.commit("");
            other.checkpoint();
        }
    }

    @Test
    void changesNothingMoreOnceTheWorkspaceIsLost() {
        boolean[] lost = {false};
        Fence fence = () -> {
            if (lost[0]) {
                throw new LockException(ErrorCode.WORKSPACE_LOST, "lost", null);
            }
        };
        for (boolean commit : new boolean[] {true, false}) {
            lost[0] = false;
            try (Transaction transaction = journal.begin("t", fence)) {
                transaction.moveTo(state("a", "new a", "b", null));
                recoverAndBeginAnother();
                lost[0] = true;
                assertThatThrownBy(commit ? () -> transaction.commit("") : transaction::rollback).isInstanceOf(LockException.class);
                assertThatThrownBy(() -> transaction.moveTo(state("a", "newer a"))).isInstanceOf(LockException.class);
            }
            assertThat(Tree.of(root)).isEqualTo(Map.of("a", "their a", "b", "old b"));
            assertThat(journal.empty()).isTrue();
            assertThat(root.resolve(".autosync/conflicts")).doesNotExist();
        }
    }

    /** The control. */
    @Test
    void wouldUndoInTheTreeOfTheNextHolderWithoutAFence() {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "new a", "b", null));
            recoverAndBeginAnother();
            transaction.rollback();
        }
        assertThat(root.resolve(".autosync/conflicts/t")).exists();
    }

    @Test
    void leadsALateWriteIntoTheJournalNowhere() throws IOException {
        try (Transaction transaction = journal.begin("t", () -> { })) {
            transaction.moveTo(state("a", "new a", "b", null));
            recoverAndBeginAnother();
            transaction.commit("");
            assertThat(journal.empty()).isTrue();
            transaction.checkpoint();
        }
    }

    @Test
    void leavesTheJournalOfTheNextHolderAloneWhenItIsLostAfterTheCommit() {
        boolean[] lost = {false};
        Fence fence = () -> {
            if (lost[0]) {
                throw new LockException(ErrorCode.WORKSPACE_LOST, "lost", null);
            }
        };
        try (Transaction transaction = journal.begin("t", fence)) {
            transaction.moveTo(state("a", "new a"));
            transaction.commit("");
            journal.recovery(() -> { }).run();
            journal.recovery(() -> { }).forget();
            try (Transaction other = journal.begin("other", () -> { })) {
                other.moveTo(state("b", "their b"));
                lost[0] = true;
                assertThatThrownBy(transaction::checkpoint).isInstanceOf(LockException.class);
                assertThat(journal.empty()).isFalse();
            }
        }
        assertThat(Tree.of(root)).isEqualTo(Map.of("a", "new a", "b", "old b"));
    }

    @Test
    void recoversNothingMoreOnceTheWorkspaceIsLost() {
        Transaction dead = journal.begin("t", () -> { });
        dead.moveTo(state("a", "new a", "b", "new b"));
        int[] looks = {0};
        Fence fence = () -> {
            if (++looks[0] > 2) {
                throw new LockException(ErrorCode.WORKSPACE_LOST, "lost", null);
            }
        };
        Recovery recovery = journal.recovery(fence);
        assertThatThrownBy(recovery::run).isInstanceOf(LockException.class);
        assertThatThrownBy(recovery::forget).isInstanceOf(LockException.class);
        assertThat(journal.empty()).isFalse();
        assertThat(Tree.of(root)).containsEntry("b", "new b");
        assertThat(journal.recovery(() -> { }).run()).isPresent();
        assertThat(Tree.of(root)).isEqualTo(before);
    }
}
