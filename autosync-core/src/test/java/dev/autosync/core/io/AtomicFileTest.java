package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is replaced is the old or the new one, whatever fails. */
class AtomicFileTest {
    private static final FileImage NEW = new FileImage("the new text".getBytes(), 0640);
    /** Create, force, replace and force the folder. */
    private static final int CALLS = 4;

    @TempDir
    Path root;

    private FaultyFiles files;
    private Path file;

    @BeforeEach
    void anOldFile() throws IOException {
        files = new FaultyFiles(new RealFiles(root));
        file = Files.createDirectory(root.resolve("folder")).resolve("file");
        Files.writeString(file, "old");
    }

    @Test
    void isForcedBeforeAndAfterItTakesItsName() throws IOException {
        AtomicFile.writeDurably(files, file, NEW);

        assertThat(file).hasContent("the new text");
        assertThat(files.read(file, 100).orElseThrow().mode()).isEqualTo(0640);
        assertThat(files.count("force")).isEqualTo(1);
        assertThat(files.count("forceFolder")).isEqualTo(1);
        assertAlone();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void leavesTheOldOrTheNewOneAndNothingElseWhenACallFails(int call) throws IOException {
        files.failAt(call);

        assertThatThrownBy(() -> AtomicFile.writeDurably(files, file, NEW)).isInstanceOf(IOException.class);

        assertThat(file).hasContent(call < CALLS ? "old" : "the new text");
        assertAlone();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void leavesTheOldOrTheNewOneWhenTheProcessDies(int call) throws IOException {
        files.dieAt(call);

        assertThatThrownBy(() -> AtomicFile.writeDurably(files, file, NEW)).isInstanceOf(IOException.class);

        assertThat(file).hasContent(call < CALLS ? "old" : "the new text");
    }

    private void assertAlone() throws IOException {
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }
}
