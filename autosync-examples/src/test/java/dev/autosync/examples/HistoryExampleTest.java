package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.spi.Rollup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/history.md shows is code of the examples, which is compiled, and run here on a real store. */
class HistoryExampleTest {
    @TempDir
    Path folder;

    @Test
    void asksTheHistoryOfAWorkspaceWithoutAnEngine() throws Exception {
        Path workspace = EmbeddingExample.tinyWorkspace(folder.resolve("history"));
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
            engine.sync();
        }

        assertThat(HistoryExample.ask(workspace, "a test", "a patch", Instant.EPOCH)).extracting(Rollup::count).containsExactly(2L);
    }

    @Test
    void movesTheHistoryOfAnOpenEngine() throws Exception {
        Path workspace = EmbeddingExample.tinyWorkspace(folder.resolve("move"));
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
            assertThat(HistoryExample.move(engine).copy()).isPresent();
            engine.sync();
            assertThat(engine.history().cycleSeconds().values()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "move"})
    void isWhatThePageOnTheHistoryShows(String region) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "history.md"));
        String source = Files.readString(Path.of("src/main/java/dev/autosync/examples/HistoryExample.java"));
        String begin = "// @start region=\"" + region + "\"\n";
        int start = source.indexOf(begin) + begin.length();
        String shown = source.substring(start, source.indexOf("// @end", start)).stripIndent().stripTrailing();

        assertThat(page).contains("```java\n" + shown + "\n```\n");
    }
}
