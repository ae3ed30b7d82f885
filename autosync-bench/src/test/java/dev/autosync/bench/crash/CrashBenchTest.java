package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CrashBenchTest {
    @TempDir
    private Path folder;

    @Test
    void everyCaseIsExplained() throws Exception {
        String page = Files.readString(Path.of("../docs/crash-safety.md"));

        assertThat(CrashBench.CASES).allSatisfy(one -> assertThat(page).contains("`" + one.name() + "`"));
    }

    @Test
    void aBatchIsForcedTwiceHoweverManyFilesItHas() throws Exception {
        Path root = Files.createDirectory(folder.toRealPath().resolve("w"));
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        List<String> forces = new ArrayList<>();
        FilePort files = WatchedFiles.of(new RealFiles(root), call -> {
            if (call.name().contains("force") || call.name().equals("log.truncate")) {
                forces.add(call.name());
            }
            return call.make();
        });

        try (Transaction transaction = new Journal(workspace, files, () -> "boot").begin("t", () -> { })) {
            // The first transaction of a workspace also makes the journal's name durable.
            forces.clear();
            transaction.moveTo(VersionedTree.state(1), Map.of());
            transaction.rollback();
            assertThat(forces).containsExactly("log.force", "log.force");
        }
    }

    /** The bench itself in small, with real processes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatIsKilledLosesNothing() throws Exception {
        List<String> lines = new ArrayList<>();
        try (WorkFolder work = WorkFolder.inMemory()) {
            Tally tally = new Tally("kill", Tally.AUTOSYNC);
            new Kills().kill(WorkerKind.JOURNAL, true, work.resolve("w"), 2, tally);
            tally.figures().forEach(figure -> lines.add(figure.metric() + " " + (int) figure.value()));
        }

        assertThat(lines).startsWith("runs 2", "violations 0").anyMatch(line -> line.startsWith("found-open"))
                .anyMatch(line -> line.startsWith("torn-tail"));
    }
}
