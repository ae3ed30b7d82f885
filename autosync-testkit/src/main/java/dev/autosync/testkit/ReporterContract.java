package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.SyncReport;
import dev.autosync.spi.Reporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Reporter} must do.
 *
 * <p>Extended by authors of plugins: a subclass gives the reporter, and is run by JUnit Jupiter. The rules:
 *
 * <ul>
 *   <li>It writes through its {@link dev.autosync.spi.ReportOutput} and nowhere else: not below the workspace, not to
 *       {@code System.out} or {@code System.err}.
 *   <li>It can report a cycle in which nothing happened, one with every kind of outcome, and one of two thousand patches.
 *   <li>Hostile text does not make it throw, and reaches neither the console as control characters nor an HTML file as markup.
 *   <li>It keeps nothing from one report for the next: the same report gives the same files.
 * </ul>
 *
 * <p>The standard streams are exchanged while a test runs, so these tests must not run beside others in one process.
 *
 * @since 0.1.0
 */
public abstract class ReporterContract {
    @TempDir
    Path workspace;

    /** For subclasses. */
    protected ReporterContract() {}

    /**
     * The reporter that is to be tested.
     *
     * @return a reporter
     */
    protected abstract Reporter reporter();

    @Test
    void reportsACycleInWhichNothingHappened() throws IOException {
        report(reporter(), SampleReports.empty(workspace));
    }

    @Test
    void reportsEveryKindOfOutcome() throws IOException {
        RecordingOutput output = report(reporter(), SampleReports.typical(workspace));
        assertFalse(output.files().isEmpty() && output.console().isBlank(), "something is written or printed");
    }

    @Test
    void reportsACycleOfThousandsOfPatches() throws IOException {
        report(reporter(), SampleReports.large(workspace));
    }

    @Test
    void survivesHostileTextAndPassesNoneOfItsEffectsOn() throws IOException {
        RecordingOutput output = report(reporter(), SampleReports.hostile(workspace));
        for (String text : SampleReports.hostileTexts()) {
            boolean control = text.codePoints().anyMatch(ReporterContract::isControl);
            assertFalse(control && output.console().contains(text), () -> "printed as it is: " + visible(text));
            output.files().forEach((name, content) -> assertFalse(name.matches("(?i).*\\.html?") && text.indexOf('<') >= 0
                    && content.contains(text), () -> name + " holds markup of others: " + visible(text)));
        }
    }

    @Test
    void keepsNothingFromOneReportForTheNext() throws IOException {
        Reporter reporter = reporter();
        RecordingOutput first = report(reporter, SampleReports.typical(workspace));
        report(reporter, SampleReports.hostile(workspace));
        RecordingOutput again = report(reporter, SampleReports.typical(workspace));
        assertEquals(first.files(), again.files());
        assertEquals(first.console(), again.console());
    }

    private RecordingOutput report(Reporter reporter, SyncReport report) throws IOException {
        RecordingOutput output = new RecordingOutput();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(trap);
        System.setErr(trap);
        try {
            reporter.report(report, output);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8), "printed past the output");
        try (Stream<Path> files = Files.list(workspace)) {
            assertEquals(List.of(), files.toList(), "written past the output");
        }
        assertTrue(output.files().keySet().stream().noneMatch(String::isBlank));
        return output;
    }

    /** Controls of the terminal, and of the direction of text. */
    private static boolean isControl(int c) {
        return c != '\n' && Character.isISOControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> visible.append(c > ' ' && c < 127 ? String.valueOf((char) c) : String.format("<%x>", c)));
        return visible.toString();
    }
}
