package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
    private static final Proposal PROPOSAL = new Proposal("p", "{}", files -> files.plus(SourceTree.of(Map.of("a", "new"))));

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void layOut() throws IOException {
        workspace = Workspace.create(folder.resolve("workspace"));
        workspace.write("a", "old");
        workspace.write("b", "other");
    }

    @Test
    void acceptsWhatLanded() throws IOException {
        Files.writeString(workspace.root().resolve("a"), "new");

        assertThat(proof(landed())).isEqualTo(new Proof(1, 1, List.of()));
    }

    @Test
    void findsWhatShouldHaveLanded() throws IOException {
        assertThat(proof(landed()).wrong()).containsExactly("a");
    }

    @Test
    void findsWhatShouldHaveBeenPutBackAndWhatIsStrange() throws IOException {
        Files.writeString(workspace.root().resolve("a"), "new");
        Files.writeString(workspace.root().resolve("c"), "left behind");
        Files.delete(workspace.root().resolve("b"));

        assertThat(proof(List.of()).wrong()).containsExactly("a", "b", "c");
    }

    private static List<PatchOutcome> landed() {
        return List.of(PatchOutcome.Applied.of(Patch.delete("p", "a"), "green", List.of("a")));
    }

    private Proof proof(List<PatchOutcome> outcomes) throws IOException {
        return Proof.of(workspace, List.of(PROPOSAL), new Report(outcomes));
    }

    private record Report(List<PatchOutcome> outcomes) implements BatchReport {
        @Override
        public Optional<TestRun> baseline() {
            return Optional.empty();
        }

        @Override
        public List<BatchRun> runs() {
            return List.of();
        }

        @Override
        public int runsOneByOne() {
            return 0;
        }

        @Override
        public List<String> flakyTests() {
            return List.of();
        }

        @Override
        public List<RestoredFile> restored() {
            return List.of();
        }

        @Override
        public List<String> foreignChanges() {
            return List.of();
        }
    }
}
