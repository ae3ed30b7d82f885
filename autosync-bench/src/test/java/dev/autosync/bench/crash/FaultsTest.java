package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
    private static final FileImage IMAGE = new FileImage("12345678".getBytes(StandardCharsets.UTF_8), FileImage.NO_MODE);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "KILL", mode = EnumSource.Mode.EXCLUDE)
    void oneCallFailsAndTheOthersDoNot(Faults.Kind kind) throws Exception {
        Faults faults = Faults.at(2, kind);
        FilePort files = faults.over(new RealFiles());

        files.create(folder.resolve("a"), IMAGE);
        assertThat(faults.fired()).isFalse();
        assertThatThrownBy(() -> files.force(folder.resolve("a"))).isInstanceOf(IOException.class).hasMessageContaining("injected at call 2");
        assertThat(faults.fired()).isTrue();
        files.force(folder.resolve("a"));
    }

    @Test
    void afterADeathNoCallIsMadeAnyMore() throws Exception {
        FilePort files = Faults.at(1, Faults.Kind.KILL).over(new RealFiles());

        assertThatThrownBy(() -> files.createFolder(folder.resolve("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.createFolder(folder.resolve("a"))).isInstanceOf(IOException.class);
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"SHORT_WRITE", "KILL"})
    void halfOfAWriteIsMade(Faults.Kind kind) throws Exception {
        assertThatThrownBy(() -> Faults.at(1, kind).over(new RealFiles()).create(folder.resolve("a"), IMAGE)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("a")).hasContent("1234");

        try (AppendLog log = Faults.at(2, kind).over(new RealFiles()).openLog(folder.resolve("log"))) {
            assertThatThrownBy(() -> log.append(IMAGE.bytes())).isInstanceOf(IOException.class);
        }
        assertThat(folder.resolve("log")).hasContent("1234");
    }

    @Test
    void aDiskThatIsFullWritesNothing() {
        assertThatThrownBy(() -> Faults.at(1, Faults.Kind.ENOSPC).over(new RealFiles()).create(folder.resolve("a"), IMAGE))
                .hasMessageContaining("No space left on device");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void whatIsNotAllowedIsToldAsTheSystemTellsIt() {
        assertThatThrownBy(() -> Faults.at(1, Faults.Kind.EACCES).over(new RealFiles()).delete(folder.resolve("a")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void thePowerIsCutRightBeforeTheCallThatFindsItGone() throws Exception {
        List<String> calls = new ArrayList<>();
        FilePort files = Faults.cut(2, () -> calls.add("cut")).over(WatchedFiles.of(new RealFiles(), call -> {
            calls.add(call.name());
            return call.make();
        }));

        files.createFolder(folder.resolve("a"));
        assertThatThrownBy(() -> files.forceFolder(folder)).isInstanceOf(IOException.class);
        assertThat(calls).containsExactly("createFolder", "cut");
    }

    @Test
    void whatTheFilesThrowIsThrownOn() throws Exception {
        Files.createDirectory(folder.resolve("a"));

        assertThatThrownBy(() -> WatchedFiles.of(new RealFiles(), WatchedFiles.Call::make).createFolder(folder.resolve("a")))
                .isInstanceOf(IOException.class);
    }
}
