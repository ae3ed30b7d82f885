package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.snapshot.RestoreResult;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/snapshots.md shows is code of the examples, which is compiled, and run here. */
class SnapshotsTest {
    @TempDir
    Path folder;

    @Test
    void goesBackToTheInitialSnapshotAndForwardAgain() throws Exception {
        Files.createDirectories(folder.resolve("autosync"));
        Files.writeString(folder.resolve("autosync/core_config.json"), "{\"version\": 1, \"snapshot\": {\"minFreeBytes\": 0, \"exclude\": [\"*.tmp\"]}}");
        Files.writeString(folder.resolve("left-out.tmp"), "first");
        Files.writeString(folder.resolve("text"), "first");
        Snapshots.of(folder).take("before the experiment");
        Files.writeString(folder.resolve("text"), "second");
        Files.writeString(folder.resolve("left-out.tmp"), "second");

        RestoreResult done = SnapshotsExample.goBack(folder);

        assertThat(folder.resolve("text")).hasContent("first");
        assertThat(folder.resolve("left-out.tmp")).hasContent("second");
        assertThat(done.restored().label()).contains("before the experiment");
        Snapshots.of(folder).restore(done.before().id());
        assertThat(folder.resolve("text")).hasContent("second");
    }

    @Test
    void isWhatThePageShows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "snapshots.md"));
        String source = Files.readString(Path.of("src/main/java/dev/autosync/examples/SnapshotsExample.java"));
        String begin = "// @start region=\"restore\"\n";
        String from = source.substring(source.indexOf(begin) + begin.length());
        assertThat(page).contains("```java\n" + from.substring(0, from.indexOf("// @end")).stripIndent().stripTrailing() + "\n```\n");
        SnapshotLimits limits = SnapshotLimits.ofDefaults();
        assertThat(page).contains("| `snapshot.keep` | " + limits.keep() + " |", "| `snapshot.maxBytes` | " + limits.maxBytes() + " |",
                "| `snapshot.maxFileBytes` | " + limits.maxFileBytes() + " |", "| `snapshot.minFreeBytes` | " + limits.minFreeBytes() + " |");
    }
}
