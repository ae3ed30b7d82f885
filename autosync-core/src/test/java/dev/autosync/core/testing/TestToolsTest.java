package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports as real tools wrote them, each judged as the tool itself judged its run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are POSIX shell scripts")
class TestToolsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/test-tools").toAbsolutePath();

    @TempDir
    Path workspace;

    /** A line of {@code samples.txt}. */
    private record Sample(String file, int exitCode, Verdict verdict, String results) {
        static Sample of(String line) {
            String[] parts = line.split(" \\| ", 4);
            return new Sample(parts[0], Integer.parseInt(parts[1]), Verdict.valueOf(parts[2]), parts[3]);
        }
    }

    static Stream<Sample> samples() throws IOException {
        return Files.readAllLines(SAMPLES.resolve("samples.txt")).stream().map(Sample::of);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysOfARunWhatItsToolSaidOfIt(Sample sample) throws Exception {
        TestRun run = run(sample.file, sample.exitCode);

        assertThat(shown(run)).isEqualTo(sample.results);
        assertThat(run.verdict()).as(run.reason()).isEqualTo(sample.verdict);
        assertThat(sample.verdict).as("a run that its tool calls good is no bad one, and the other way round")
                .matches(verdict -> sample.exitCode == 0 ? verdict == Verdict.GREEN || verdict == Verdict.NO_TESTS : verdict != Verdict.GREEN);
    }

    @Test
    void hasALineForEachSample() throws Exception {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".xml") || name.endsWith(".tap")))
                    .containsExactlyInAnyOrderElementsOf(samples().map(Sample::file).toList());
        }
    }

    private TestRun run(String file, int exitCode) throws InterruptedException {
        return new CommandSuite(List.of("sh", "-c", "mkdir reports; cp \"$1\" reports; exit " + exitCode, "sh", SAMPLES.resolve(file).toString()))
                .timeout(Duration.ofSeconds(30)).junitReports("reports").tapReports("reports").run(TestContext.of(workspace));
    }

    private static String shown(TestRun run) {
        return run.results().stream().map(TestToolsTest::shown).collect(Collectors.joining("; "));
    }

    private static String shown(TestResult result) {
        return result.id() + " " + result.status() + (result.attempts() == 1 ? "" : " x" + result.attempts());
    }
}
