package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.NearestMatch;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.Reproduction;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import dev.autosync.trend.Alert;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A cycle in which texts stand wherever text of others may. */
final class HostileCycle {
    /** Values that are hard to draw: constant, huge, negative, tiny, single, with a gap. */
    private static final double[][] VALUES = {{5, 5, 5}, {1e300, -1e300}, {-3, -2, -7}, {1e-300, 2e-300}, {0}, {1, Double.NaN, 2},
            {Double.MAX_VALUE, -Double.MAX_VALUE}, {0, 0, 0}};

    private final List<PatchOutcome> outcomes = new ArrayList<>();
    private final List<BatchRun> runs = new ArrayList<>();
    private final List<RestoredFile> restored = new ArrayList<>();
    private final List<Kpi> kpis = new ArrayList<>();
    private final List<Trend> trends = new ArrayList<>();
    private final List<FlakyTest> flaky = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();

    private HostileCycle() {}

    static SampleReport report(Path workspace, List<String> texts) {
        HostileCycle cycle = new HostileCycle();
        for (int i = 0; i < texts.size(); i++) {
            cycle.batch(i, texts.get(i));
            cycle.history(i, texts.get(i));
            cycle.lesson(i, texts.get(i));
        }
        return SampleReport.of(workspace, String.join(" ", texts), false,
                new SampleBatch(cycle.outcomes, cycle.runs, cycle.restored, texts), cycle.kpis,
                new ReportedTrends(3, OptionalDouble.of(1.0 / 3), cycle.trends, cycle.kpis, OptionalDouble.of(0), cycle.flaky, cycle.alerts),
                cycle.lessons, texts);
    }

    private void batch(int i, String text) {
        TestRun red = run(Verdict.RED, text);
        runs.add(BatchRun.of(2 * i, List.of(), run(Verdict.GREEN, text)));
        runs.add(BatchRun.of(2 * i + 1, List.of("blamed-" + i), red));
        outcomes.addAll(outcomes(i, text, Blame.of(2 * i, 2 * i + 1, red.failures())
                .reproduction(Reproduction.of(List.of(text), text, 2 * i + 1, false))));
        restored.add(RestoredFile.of("src/" + text, "0".repeat(64), "0".repeat(64)));
    }

    private void history(int i, String text) {
        kpis.add(Kpi.of("kpi " + text, 12.5 + i).target(10, Kpi.Direction.DOWN).weight(2).unit("ms " + text));
        kpis.add(Kpi.of("free " + text, -0.001));
        double[] values = VALUES[i % VALUES.length];
        Series kpi = ReportedTrends.series("kpi:kpi " + text, "ms " + text, Kpi.Direction.DOWN, values.length, at -> values[at]);
        Series failures = ReportedTrends.series("failures:org.example.SomeTest#fails " + text, "", Kpi.Direction.DOWN, 3, at -> at);
        trends.add(ReportedTrends.rising(kpi, i % 2 == 0 ? 0.5 : 1e300));
        trends.add(ReportedTrends.unknown(failures));
        flaky.add(FlakyTest.of("org.example.SomeTest#fails " + text, 10, 1 + i % 9, List.of(1L, 2L)));
        alerts.add(Alert.of("above:kpi:kpi " + text, "above: " + text, List.of(3L)));
    }

    private void lesson(int i, String text) {
        Lesson.State state = Lesson.State.values()[i % Lesson.State.values().length];
        Feedback.Verdict verdict = Feedback.Verdict.values()[i / 4 % Feedback.Verdict.values().length];
        boolean empty = verdict == Feedback.Verdict.UNDECIDED;
        Suggestion suggestion = Suggestion.of("rule-" + i + ":" + text, "problem: " + text, "solution: " + text,
                ImpactScore.of(1 + i % 5, 1 + i % 5, 1, 5), List.of(Evidence.of("seen: " + text, List.of(1L)))).watches("kpi:kpi " + text);
        lessons.add(TypicalCycle.lesson(suggestion, state, state != Lesson.State.ADOPTED ? null : Feedback.of("kpi:kpi " + text, verdict,
                empty ? 0 : 9, empty ? Double.NaN : 4, empty ? 0 : 8, empty ? Double.NaN : 2, empty ? 1 : 0.01)));
    }

    private static TestRun run(Verdict verdict, String text) {
        List<TestResult> results = new ArrayList<>();
        results.add(TestResult.of("org.example.SomeTest#adds " + text, TestResult.Status.PASSED, Duration.ofMillis(12), ""));
        results.add(TestResult.of("org.example.SomeTest#waits", TestResult.Status.SKIPPED, Duration.ZERO, "disabled: " + text));
        if (verdict == Verdict.RED) {
            results.add(TestResult.of("org.example.SomeTest#fails " + text, TestResult.Status.FAILED, Duration.ofSeconds(1), text));
        }
        return TestRun.of(verdict, verdict + ": " + text, results, Duration.ofMillis(1234)).output("output\n" + text);
    }

    private static List<PatchOutcome> outcomes(int i, String text, Blame blame) {
        return List.of(
                PatchOutcome.Applied.of(patch("applied-" + i, text), text, List.of("src/A.java", text)).needsOneOf(List.of(text)),
                PatchOutcome.AlreadyApplied.by(patch("already-applied-" + i, text), text, text),
                PatchOutcome.Ambiguous.of(patch("ambiguous-" + i, text), text, List.of("src/A.java:1", text + ":2")),
                PatchOutcome.Conflicted.of(patch("conflicted-" + i, text), text,
                        NearestMatch.of("src/A.java" + text, 1, List.of(text, "same"), List.of("other", "same", text))),
                PatchOutcome.Refused.of(patch("refused-" + i, text), text, ErrorCode.PATCH_MALFORMED, text),
                PatchOutcome.Blamed.of(patch("blamed-" + i, text), text, blame),
                PatchOutcome.Dropped.of(patch("dropped-" + i, text), text, List.of("blamed-" + i)),
                PatchOutcome.Undecided.of(patch("undecided-" + i, text), text).intermittent(List.of(text)));
    }

    private static Patch patch(String id, String text) {
        return Patch.builder(id, "write-file").target(text).content(text).description(text).author(text).build();
    }
}
