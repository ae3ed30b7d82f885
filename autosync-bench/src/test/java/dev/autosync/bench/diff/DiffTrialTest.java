package dev.autosync.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTrialTest {
    private static final DiffRow CONFLICT = new DiffRow(1, Map.of("f", "a\n"), Map.of("link", "../outside"), Map.of("outside/secret", "s\n"),
            new byte[0], DiffTool.Said.FAILED, Optional.empty());
    private static final DiffRow APPLIED = new DiffRow(2, Map.of("f", "a\n"), Map.of(), Map.of(), new byte[0], DiffTool.Said.APPLIED,
            Optional.of(Map.of("g", "b\n")));

    @TempDir
    private Path folder;

    /** A tool that does what a test wants, and says what it wants. */
    private record Scripted(DiffTool.Said said, Work work) implements DiffTool {
        interface Work {
            void in(Path workspace) throws IOException;
        }

        @Override
        public String who() {
            return "scripted";
        }

        @Override
        public Said apply(Path workspace, byte[] diff) throws IOException {
            work.in(workspace);
            return said;
        }
    }

    @BeforeEach
    void gitIsThere() throws InterruptedException {
        boolean there;
        try {
            there = CommandTool.run(folder, List.of("git", "--version")) == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeThat(there).as("git is on the PATH").isTrue();
    }

    private DiffTrial.Outcome run(DiffRow row, DiffTool.Said said, Scripted.Work work) throws IOException, InterruptedException {
        return DiffTrial.run(row, new Scripted(said, work), folder.resolve("trial"));
    }

    @Test
    void aRefusalThatChangesNothingIsRight() throws Exception {
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> { })).isEqualTo(new DiffTrial.Outcome(true, false, false));
        assertThat(run(CONFLICT, DiffTool.Said.APPLIED, ws -> { })).isEqualTo(new DiffTrial.Outcome(false, false, false));
    }

    @Test
    void aRefusalThatLeavesFilesBehindIsWrong() throws Exception {
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> Files.writeString(ws.resolve("f.rej"), "x"))).isEqualTo(
                new DiffTrial.Outcome(false, false, false));
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> Files.writeString(ws.resolve("f"), "b\n"))).isEqualTo(
                new DiffTrial.Outcome(false, true, false));
    }

    @Test
    void aWriteThroughALinkOrIntoGitHasEscaped() throws Exception {
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> Files.writeString(ws.resolve("link/secret"), "x")).escaped()).isTrue();
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> Files.writeString(ws.resolve(".git/hooks/post-commit"), "x")).escaped()).isTrue();
        assertThat(run(CONFLICT, DiffTool.Said.FAILED, ws -> Files.writeString(ws.resolve("../evil"), "x")).escaped()).isTrue();
    }

    @Test
    void theFilesAfterMustBeThoseOfTheRow() throws Exception {
        Scripted.Work move = ws -> Files.writeString(Files.move(ws.resolve("f"), ws.resolve("g")), "b\n");
        assertThat(run(APPLIED, DiffTool.Said.APPLIED, move).right()).isTrue();
        assertThat(run(APPLIED, DiffTool.Said.APPLIED, ws -> Files.writeString(ws.resolve("g"), "b\n")).right()).isFalse();
    }

    @Test
    void allRowsAreThere() throws IOException {
        assertThat(DiffRow.all().stream().map(DiffRow::row).distinct()).hasSize(39);
    }
}
