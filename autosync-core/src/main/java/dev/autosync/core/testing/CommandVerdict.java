package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.exec.ProcessResult.Reason;
import dev.autosync.exec.ProcessResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exit code and reports say together about a tree, and why.
 *
 * <p>The rule behind all of them: green needs every witness to say so, and at least one test. Threads: immutable.
 *
 * @param verdict what they say
 * @param reason one line, neutralised
 */
record CommandVerdict(Verdict verdict, String reason) {
    private static final int MOST_REASON_CHARS = 1_000;
    private static final int LAST_LINES = 5;
    private static final int MOST_LINE_CHARS = 180;

    /** The verdict where no reports are read. */
    static CommandVerdict withoutReports(ProcessResult outcome, String program, String output) {
        if (outcome.reason() == Reason.START_FAILED) {
            return of(Verdict.NOT_RUN, "The command could not be started: " + outcome.failure()
                    + ". Check that " + program + " is installed and on the PATH");
        }
        CommandVerdict ended = endedByForce(outcome);
        if (ended != null) {
            return ended;
        }
        if (outcome.signal().isPresent()) {
            return crashed(outcome, output);
        }
        return outcome.succeeded()
                ? of(Verdict.GREEN, "Exit code 0; no reports are read, so the exit code alone decided")
                : of(Verdict.RED, exit(outcome) + lastLines(output));
    }

    /**
     * The verdict where reports are read.
     *
     * @param reading what became of the reports
     * @param results what the fresh reports say
     * @param where reports were looked for
     * @param output the end of the output, neutralised
     */
    static CommandVerdict withReports(ProcessResult outcome, ReportPlaces.Reading reading, List<TestResult> results, String where,
            String output) {
        CommandVerdict ended = endedByForce(outcome);
        if (ended != null) {
            return ended;
        }
        List<TestResult> failed = results.stream().filter(result -> result.status() == Status.FAILED).toList();
        if (!failed.isEmpty()) {
            return of(Verdict.RED, Failures.summary(failed, results.size())); // evidence, whatever else went wrong
        }
        if (outcome.signal().isPresent()) {
            return crashed(outcome, output);
        }
        if (!reading.broken().isEmpty()) {
            return of(Verdict.BROKEN_REPORT, reading.broken().get(0)
                    + (reading.broken().size() == 1 ? "" : "; and " + (reading.broken().size() - 1) + " more like it"));
        }
        boolean anyRan = results.stream().anyMatch(result -> result.status() == Status.PASSED);
        if (!outcome.succeeded()) {
            return of(Verdict.RED, anyRan ? exit(outcome) + " although every test passed" + lastLines(output)
                    : exit(outcome) + " before any test ran" + lastLines(output));
        }
        if (anyRan) {
            return of(Verdict.GREEN, results.size() + " tests in " + reading.reports() + " reports, none failed");
        }
        if (reading.reports() > 0) {
            return of(Verdict.NO_TESTS, results.isEmpty() ? "The reports name no test" : "All " + results.size() + " tests were skipped");
        }
        return reading.stale() > 0
                ? of(Verdict.STALE_REPORT, "The run wrote no report: the " + reading.stale() + " in " + where + " are older than it. A build"
                        + " that takes its tests for up to date must be made to run them, Gradle with cleanTest test")
                : of(Verdict.NO_TESTS, "The run wrote no report in " + where);
    }

    private static @Nullable CommandVerdict endedByForce(ProcessResult outcome) {
        String after = " after " + outcome.duration().toSeconds() + " s";
        return switch (outcome.reason()) {
            case EXITED -> null;
            case TIMED_OUT -> of(Verdict.RED, "The time was up: the command was killed" + after);
            case IDLE -> of(Verdict.RED, "The command printed nothing for too long and was killed" + after);
            case OUTPUT_LIMIT -> of(Verdict.RED, "The command printed more than is allowed and was killed" + after);
            case CANCELLED, START_FAILED -> of(Verdict.NOT_RUN, "The command was called off" + after);
        };
    }

    private static CommandVerdict crashed(ProcessResult outcome, String output) {
        return of(Verdict.CRASHED, "The command was ended by a signal that AutoSync had not sent: " + exit(outcome) + lastLines(output));
    }

    private static String exit(ProcessResult outcome) {
        String code = "Exit code " + outcome.exitCode().orElse(-1);
        return outcome.signal().isPresent() ? code + " (signal " + outcome.signal().getAsInt() + ")" : code;
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank())
                .map(line -> Untrusted.line(line, MOST_LINE_CHARS)).toList();
        return lines.isEmpty() ? "; it printed nothing"
                : "; the last lines: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static CommandVerdict of(Verdict verdict, String reason) {
        return new CommandVerdict(verdict, Untrusted.line(reason, MOST_REASON_CHARS));
    }
}
