package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.Reporter;
import dev.autosync.testkit.RecordingOutput;
import dev.autosync.testkit.SampleReports;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the console and the summary of a CI job say of the history. */
class ShortReportsTest {
    private static final Path WORKSPACE = Path.of("workspace");

    @Test
    void theConsoleTellsWhatMovesAndWhatCouldBeDone() throws IOException {
        String text = report(new ConsoleReporter()).console();

        assertThat(text).contains("alert           build time is 214 s, above 180 s")
                .contains("trend           time of its tests: rising, worse, +3.1 s a cycle, p < 0.001")
                .contains("flaky           org.example.SocketTest#reconnects, 9 of 40 runs")
                .contains("suggestion      The tests take 3.1 s longer with each cycle: Run the tests of the changed modules first, and in parallel (66 points)")
                .contains("adopted         Test at most 12 patches at a time: helped: test runs, median 9 of 18 values before")
                .contains("coverage 81.6 % (target at least 80 %, met), rising, better")
                .doesNotContain("steady", "Use the SQLite store");
    }

    @Test
    void theSummaryTellsWhatMovesAndWhatCouldBeDone() throws IOException {
        String text = report(new MarkdownReporter()).files().get(MarkdownReporter.FILE);

        assertThat(text).contains("Success rate: 86 % of the last 42 cycles.", "## Alerts\n\n- test-seconds rises")
                .contains("| time of its tests | **rising, worse** | +3.1 s a cycle | &lt; 0.001 | 39 |")
                .contains("| KPI artifact size | too few values to tell |  |  | 3 |")
                .contains("- `org.example.SocketTest#reconnects` failed in 9 of 40 runs on the same content")
                .contains("| The tests take 3.1 s longer with each cycle | Run the tests of the changed modules first, and in parallel | 66 | 4 | 4 | 2 | 4 |")
                .contains("## Did it help?\n\n- Test at most 12 patches at a time: helped: test runs, median 9 of 18 values before")
                .doesNotContain("| green cycles", "Use the SQLite store");
    }

    @Test
    void theSummaryOfACycleWithoutHistoryHasNoEmptyHeadings() throws IOException {
        RecordingOutput output = new RecordingOutput();
        new MarkdownReporter().report(SampleReports.empty(WORKSPACE), output);

        assertThat(output.files().get(MarkdownReporter.FILE)).doesNotContain("Alerts", "Trends", "Flaky", "Suggestions", "Did it help");
    }

    @Test
    void theSummaryFitsTheSummaryOfACiJob() throws IOException {
        RecordingOutput output = new RecordingOutput();
        new MarkdownReporter().report(SampleReports.large(WORKSPACE, 200, 10_000), output);

        assertThat(output.files().get(MarkdownReporter.FILE)).hasSizeLessThan(1 << 20).contains("and 9,000 more");
    }

    private static RecordingOutput report(Reporter reporter) throws IOException {
        RecordingOutput output = new RecordingOutput();
        reporter.report(SampleReports.typical(WORKSPACE), output);
        return output;
    }
}
