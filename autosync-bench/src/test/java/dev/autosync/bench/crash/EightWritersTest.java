package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EightWritersTest {
    @TempDir
    private Path root;

    @Test
    void numbersThatAreAllThereAreFine() throws IOException {
        assertThat(violations(3, 0, 2L, 1L, 3L)).isZero();
    }

    @Test
    void aNumberThatIsFinalTwiceIsAnUpdateThatWasLost() throws IOException {
        assertThat(violations(2, 0, 1L, 2L, 2L)).isEqualTo(1);
    }

    @Test
    void whoWasKilledMayHaveSaidNothing() throws IOException {
        assertThat(violations(3, 1, 1L, 3L)).isZero();
        assertThat(violations(3, 0, 1L, 3L)).isEqualTo(1);
    }

    @Test
    void aNumberThatWasCalledFinalAndIsMissingIsLost() throws IOException {
        assertThat(violations(2, 1, 1L, 2L, 3L)).isEqualTo(1);
        assertThat(violations(2, 1, 1L, 3L)).isEqualTo(1);
    }

    @Test
    void filesThatDisagreeAreHalfABatch() throws IOException {
        write(1);
        Files.writeString(root.resolve(CounterChild.path(4)), "0\n");
        Tally tally = new Tally("eight-processes", Tally.CONTROL);
        EightWriters.look(root, List.of(1L), 0, tally);

        assertThat(tally.violations()).isEqualTo(1);
    }

    private int violations(long held, int killed, Long... numbers) throws IOException {
        write(held);
        Tally tally = new Tally("eight-processes", Tally.CONTROL);
        EightWriters.look(root, List.of(numbers), killed, tally);
        assertThat(tally.runs()).isEqualTo(numbers.length);
        return tally.violations();
    }

    private void write(long number) throws IOException {
        for (int i = 0; i < CounterChild.FILES; i++) {
            Files.writeString(root.resolve(CounterChild.path(i)), number + "\n");
        }
    }
}
