package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

        assertThat(proof(Set.of("p"))).isEqualTo(new Proof(1, 1, List.of()));
    }

    @Test
    void findsWhatShouldHaveLanded() throws IOException {
        assertThat(proof(Set.of("p")).wrong()).containsExactly("a");
    }

    @Test
    void findsWhatShouldHaveBeenPutBackAndWhatIsStrange() throws IOException {
        Files.writeString(workspace.root().resolve("a"), "new");
        Files.writeString(workspace.root().resolve("c"), "left behind");
        Files.delete(workspace.root().resolve("b"));

        assertThat(proof(Set.of()).wrong()).containsExactly("a", "b", "c");
    }

    private Proof proof(Set<String> landed) throws IOException {
        return Proof.of(workspace, List.of(PROPOSAL), landed);
    }
}
