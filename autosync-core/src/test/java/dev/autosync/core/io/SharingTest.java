package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class SharingTest {
    private static final FileSystemException VIOLATION = new FileSystemException("f", null,
            "The process cannot access the file because it is being used by another process");

    private int calls;

    private String freeAfter(int failures, IOException failure) throws IOException {
        if (calls++ < failures) {
            throw failure;
        }
        return "done";
    }

    @Test
    void waitsUntilOthersLetGoOfAFile() throws Exception {
        Sharing windows = new Sharing(true);
        assertThat(windows.patiently(() -> freeAfter(4, VIOLATION))).isEqualTo("done");
        calls = 0;
        assertThat(windows.patiently(() -> freeAfter(4, new AccessDeniedException("f")))).isEqualTo("done");
    }

    @Test
    void waitsOnAnInterruptedThreadTooAndLeavesItInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(new Sharing(true).patiently(() -> freeAfter(3, VIOLATION))).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void waitsForNothingElseAndNotWhereOpenFilesAreEverybodys() {
        assertThatThrownBy(() -> new Sharing(true).patiently(() -> freeAfter(1, new NoSuchFileException("f")))).isInstanceOf(IOException.class);
        assertThat(calls).isEqualTo(1);
        assertThatThrownBy(() -> new Sharing(false).patiently(() -> freeAfter(9, VIOLATION))).isSameAs(VIOLATION);
        assertThat(calls).isEqualTo(2);
    }
}
