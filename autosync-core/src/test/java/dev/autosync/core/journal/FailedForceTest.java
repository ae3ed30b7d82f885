package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A force that has failed once proves nothing when it succeeds the second time. */
class FailedForceTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH.plusSeconds(1000));

    @TempDir
    Path root;

    private Workspace workspace;
    private FaultyFiles files;
    private Journal journal;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(root.resolve("a"), "old");
        workspace = Workspace.at(root);
        workspace.createState();
        files = new FaultyFiles(new RealFiles(workspace.root()));
        journal = new Journal(workspace, files, () -> "boot");
    }

    @Test
    void aJournalThatCouldNotBeForcedIsNeverForcedAgainButReplaced() throws IOException {
        for (String when : new String[] {"prepare", "commit"}) {
            Object before;
            int forces;
            try (Transaction transaction = journal.begin("t", () -> { })) {
                before = Files.getAttribute(workspace.state("journal"), "unix:ino");
                if (when.equals("commit")) {
                    transaction.moveTo(Tree.state("a", "new"));
                }
                files.failNext("log.force");
                assertThatThrownBy(() -> {
                    transaction.moveTo(Tree.state("a", "new"));
                    transaction.commit("p");
                }).isInstanceOf(AutoSyncException.class);
                forces = files.count("log.force");
            }
            assertThat(files.count("log.force")).as("forces of the same journal after the one that failed, in %s", when).isEqualTo(forces);
            assertThat(Files.getAttribute(workspace.state("journal"), "unix:ino")).isNotEqualTo(before);
            assertThat(root.resolve("a")).hasContent("old");
            assertThat(journal.empty()).isTrue();
        }
    }

    @Test
    void theRealLogRefusesToForceAgain() throws IOException {
        try (AppendLog log = new RealFiles().openLog(root.resolve("log"))) {
            log.close();
            assertThatThrownBy(log::force).isInstanceOf(IOException.class);
            assertThatThrownBy(log::force).hasMessageContaining("a second time would prove nothing");
        }
    }

    @Test
    void aFileThatCouldNotBeForcedIsWrittenAgainByRecovery() throws IOException {
        for (boolean commit : new boolean[] {true, false}) {
            Transaction transaction = journal.begin("t", () -> { });
            transaction.moveTo(Tree.state("a", "new"));
            if (commit) {
                transaction.commit("p");
            } else {
                transaction.rollback();
            }
            files.failNext("force");
            assertThatThrownBy(transaction::checkpoint).isInstanceOf(AutoSyncException.class);
            transaction.close();
            assertThat(journal.empty()).isFalse();
            Files.setLastModifiedTime(root.resolve("a"), LONG_AGO);

            assertThat(journal.recovery(() -> { }).run()).isPresent();
            journal.recovery(() -> { }).forget();

            assertThat(root.resolve("a")).hasContent(commit ? "new" : "old");
            assertThat(Files.getLastModifiedTime(root.resolve("a"))).as("written again").isNotEqualTo(LONG_AGO);
            Files.writeString(root.resolve("a"), "old");
        }
    }

    /** The control: what could be forced is left as it is. */
    @Test
    void aFileThatIsRightIsNotWrittenAgain() throws IOException {
        Transaction transaction = journal.begin("t", () -> { });
        transaction.moveTo(Tree.state("a", "new"));
        transaction.commit("p");
        transaction.close();
        Files.setLastModifiedTime(root.resolve("a"), LONG_AGO);
        assertThat(journal.recovery(() -> { }).run()).isPresent();
        assertThat(Files.getLastModifiedTime(root.resolve("a"))).isEqualTo(LONG_AGO);
    }
}
