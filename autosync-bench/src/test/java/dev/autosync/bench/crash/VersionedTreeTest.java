package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionedTreeTest {
    @TempDir
    private Path root;

    @BeforeEach
    void createVersion3() throws IOException {
        VersionedTree.create(root, 3);
    }

    @Test
    void contentIsTheOneThatIsPublishedWithTheRecipe() {
        assertThat(VersionedTree.content(0, 0)).hasSize(3000);
        assertThat(sha256(0, 0)).isEqualTo("e9fd1581df6f28e995c5e7c862b8861c0e2d252d7db0837dc85054252e41b19f");
        assertThat(sha256(1, 0)).isEqualTo("d8ac63291170ff0721ec819000359d165073472c1ddc06a17030ef3643255fe3");
        assertThat(VersionedTree.content(27, 39)).hasSize(3004);
        assertThat(sha256(27, 39)).isEqualTo("cf9438797028f1ac2f523bd6ed9afdde4ad3aa298ff85cee618c357ac2ff1bad");
    }

    @Test
    void findsTheOneVersionThatIsThere() throws IOException {
        assertThat(VersionedTree.look(root, 2, 3).version()).hasValue(3);
        assertThat(VersionedTree.look(root, 3, 4).version()).hasValue(3);
        assertThat(VersionedTree.look(root, 4, 5).problem()).isEqualTo("wanted 4 to 5, found 40 files of 3");
    }

    @Test
    void findsNoneWhenOneFileIsOfAnother() throws IOException {
        Files.write(root.resolve(VersionedTree.path(7)), VersionedTree.content(4, 7));

        assertThat(VersionedTree.look(root, 3, 4).version()).isEmpty();
        assertThat(VersionedTree.look(root, 3, 4).problem()).contains("39 files of 3", "1 files of 4 [m3/f7]");
    }

    @Test
    void findsNoneWhenABitIsWrong() throws IOException {
        byte[] bytes = VersionedTree.content(3, 7);
        bytes[2999] ^= 1;
        Files.write(root.resolve(VersionedTree.path(7)), bytes);

        assertThat(VersionedTree.look(root, 3, 3).version()).isEmpty();
    }

    @Test
    void findsNoneWhenSomethingIsLeftOver() throws IOException {
        Files.writeString(root.resolve("m1/.as~t1-0"), "3 1\n");

        assertThat(VersionedTree.look(root, 3, 3).version()).isEmpty();
    }

    @Test
    void theLastFileIsThereInOddVersionsAlone() throws IOException {
        Files.delete(root.resolve(VersionedTree.path(39)));

        assertThat(VersionedTree.look(root, 3, 3).version()).isEmpty();
        assertThat(VersionedTree.state(4).get(VersionedTree.path(39))).isEmpty();
    }

    @Test
    void findsNoneWhenWhatIsNotOursHasChanged() throws IOException {
        Files.writeString(root.resolve("m1/theirs.txt"), "");

        assertThat(VersionedTree.look(root, 3, 3).problem()).contains("m1/theirs.txt, which is not ours, has changed");
    }

    private static String sha256(long version, int i) {
        return FileContent.of(VersionedTree.content(version, i)).sha256();
    }
}
