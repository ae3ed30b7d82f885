package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.trend.Alert;
import dev.autosync.trend.TrendReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/trends.md shows is code of the examples, which is compiled, and run here on a real store. */
class TrendExampleTest {
    @TempDir
    Path folder;

    @Test
    void analysesTheHistoryOfAWorkspaceWithoutAnEngine() throws Exception {
        Path workspace = EmbeddingExample.tinyWorkspace(folder.resolve("trends"));
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
            Files.writeString(workspace.resolve("greeting.txt"), "Go away\n");
            engine.sync();
        }

        TrendReport report = TrendExample.analyze(workspace);

        assertThat(report.cycles()).isEqualTo(2);
        assertThat(report.successRate01()).hasValue(0.5);
        assertThat(report.trend("culprits").orElseThrow().series().points().get(0).value()).isEqualTo(1);
        assertThat(report.alerts()).extracting(Alert::id).containsExactly("below:success");
    }

    @Test
    void isWhatThePageOnTrendsShows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "trends.md"));
        String source = Files.readString(Path.of("src/main/java/dev/autosync/examples/TrendExample.java"));
        String begin = "// @start region=\"trends\"\n";
        String shown = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// @end")).stripIndent().stripTrailing();

        assertThat(page).contains("```java\n" + shown + "\n```\n");
    }
}
