package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.exec.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What docs/process-runner.md shows is code of the examples, which is compiled, and run here. */
class ProcessExampleTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a POSIX one")
    void runsAProgramAndKeepsItsOutputWithoutTheSecret() throws Exception {
        ProcessResult result = ProcessExample.run(List.of("sh", "-c", "pwd; echo token=swordfish-9; exit 3"), folder, folder.resolve("log"), "swordfish-9");

        assertThat(result.exitCode()).hasValue(3);
        assertThat(result.output().text()).isEqualTo(folder.toRealPath() + "\ntoken=***\n");
        assertThat(folder.resolve("log")).hasContent(result.output().text());
    }

    @Test
    void isWhatThePageShows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "process-runner.md"));
        String source = Files.readString(Path.of("src/main/java/dev/autosync/examples/ProcessExample.java"));
        String begin = "// @start region=\"run\"\n";
        String from = source.substring(source.indexOf(begin) + begin.length());
        assertThat(page).contains("```java\n" + from.substring(0, from.indexOf("// @end")).stripIndent().stripTrailing() + "\n```\n");
    }
}
