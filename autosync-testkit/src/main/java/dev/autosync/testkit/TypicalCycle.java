package dev.autosync.testkit;

import static dev.autosync.testkit.ReportedTrends.chance01;
import static dev.autosync.testkit.ReportedTrends.series;

import dev.autosync.ErrorCode;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.ImpactWeights;
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
import dev.autosync.trend.Trend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A cycle as projects have them: every kind of outcome, a history of forty-two cycles, lessons in every state. */
final class TypicalCycle {
    private static final int CYCLES = 42;
    private static final String FAILING = "org.example.LimitsTest#refusesMoreThanAHundredRequests";

    private TypicalCycle() {}

    static SampleReport report(Path workspace) {
        return SampleReport.of(workspace, "Sample", true, batch(), kpis(), trends(CYCLES), lessons(),
                List.of("The reporter 'chat' failed: java.net.ConnectException: Connection refused",
                        "src/main/resources/app.json was changed by somebody else; what we would have put there is in .autosync/conflicts"));
    }

    static List<Kpi> kpis() {
        return List.of(
                Kpi.of("coverage", 81.6).target(80, Kpi.Direction.UP).weight(2).unit("%"),
                Kpi.of("build time", 214).target(180, Kpi.Direction.DOWN).weight(1).unit("s"),
                Kpi.of("open issues", 37),
                Kpi.of("artifact size", 4_812.5).target(5_000, Kpi.Direction.DOWN).weight(0.5).unit("KiB"));
    }

    static ReportedTrends trends(int cycles) {
        double scale = 42.0 / cycles;
        List<Trend> trends = List.of(
                ReportedTrends.steady(series("success", "", Kpi.Direction.UP, cycles, i -> chance01(i) < 0.14 ? 0 : 1)),
                ReportedTrends.rising(series("cycle-seconds", "s", Kpi.Direction.DOWN, cycles,
                        i -> i % 17 == 5 ? Double.NaN : 260 + scale * i * 3.5 + 70 * chance01(i)), 3.5 * scale),
                ReportedTrends.rising(series("test-seconds", "s", Kpi.Direction.DOWN, cycles,
                        i -> i % 17 == 5 ? Double.NaN : 190 + scale * i * 3.1 + 50 * chance01(i)), 3.1 * scale),
                ReportedTrends.steady(series("test-runs", "", null, cycles, i -> 1 + Math.floor(6 * chance01(i + 7)))),
                ReportedTrends.steady(series("culprits", "", Kpi.Direction.DOWN, cycles, i -> Math.floor(chance01(i + 3) * 1.9 * chance01(i) * 2.4))),
                ReportedTrends.rising(series("kpi:coverage", "%", Kpi.Direction.UP, cycles, i -> 76 + scale * i * 0.12 + 1.1 * chance01(i)), 0.12 * scale),
                ReportedTrends.rising(series("kpi:build time", "s", Kpi.Direction.DOWN, cycles, i -> 170 + scale * i + 12 * chance01(i + 1)), scale),
                ReportedTrends.falling(series("kpi:open issues", "", null, cycles, i -> Math.rint(60 - scale * i * 0.55 + 3 * chance01(i))), -0.55 * scale),
                ReportedTrends.unknown(series("kpi:artifact size", "KiB", Kpi.Direction.DOWN, cycles,
                        i -> i < cycles - 3 ? Double.NaN : 4_790 + 7.5 * (i - cycles + 4))),
                ReportedTrends.steady(series("failures:org.example.SocketTest#reconnects", "", Kpi.Direction.DOWN, cycles,
                        i -> chance01(i + 11) < 0.2 ? 1 : 0)));
        return new ReportedTrends(cycles, OptionalDouble.of(0.857), trends, kpis(), OptionalDouble.of(2.5 / 3.5),
                List.of(FlakyTest.of("org.example.SocketTest#reconnects", 40, 9, List.of(120L, 164L, 241L)),
                        FlakyTest.of("org.example.CacheTest#expiresAfterItsTime", 31, 2, List.of(300L, 412L))),
                List.of(Alert.of("worsening:test-seconds", "test-seconds rises by 3.1 s a cycle, from 205 s to 341 s (p < 0.001, 40 values)",
                                List.of(20L, 40L, 60L, 80L, 100L, 120L, 140L)),
                        Alert.of("above:kpi:build time", "build time is 214 s, above 180 s", List.of(840L))));
    }

    private static SampleBatch batch() {
        List<TestResult> failures = List.of(test(FAILING, TestResult.Status.FAILED, "expected: 429 but was: 200"),
                test("org.example.LimitsTest#saysWhenToTryAgain", TestResult.Status.FAILED, "expected header Retry-After"));
        List<BatchRun> runs = List.of(
                BatchRun.of(0, List.of(), run(Verdict.GREEN, List.of())),
                BatchRun.of(1, List.of("raise-request-limit", "fix-typo", "drop-rate-check"), run(Verdict.RED, failures)),
                BatchRun.of(2, List.of("raise-request-limit", "fix-typo"), run(Verdict.GREEN, List.of())));
        List<PatchOutcome> outcomes = List.of(
                PatchOutcome.Applied.of(patch("raise-request-limit", "json-patch"), "applied and tested in run 2", List.of("config/app.json")),
                PatchOutcome.Applied.of(patch("fix-typo", "unified-diff"), "applied and tested in run 2; needs raise-request-limit, which it does not name",
                        List.of("README.md", "docs/start.md")).needsOneOf(List.of("raise-request-limit")),
                PatchOutcome.AlreadyApplied.of(patch("update-licence", "write-file"), "LICENSE already holds this text"),
                PatchOutcome.AlreadyApplied.inCycle(patch("add-notice", "write-file"), "landed in cycle 20260101T115500Z-0041",
                        "20260101T115500Z-0041"),
                PatchOutcome.AlreadyApplied.by(patch("fix-typo-again", "unified-diff"), "asks for the same as fix-typo", "fix-typo"),
                PatchOutcome.Ambiguous.of(patch("rename-flag", "unified-diff"), "hunk 1 of 1 fits at 2 places",
                        List.of("src/Flags.java:41", "src/Flags.java:97")),
                PatchOutcome.Conflicted.of(patch("bump-version", "unified-diff"),
                        "hunk 1 of 2 does not fit pom.xml: line 12 differs, nearest place is line 14",
                        NearestMatch.of("pom.xml", 14, List.of("<version>1.2</version>"), List.of("<version>1.3</version>"))),
                PatchOutcome.Refused.of(patch("broken", "unified-diff"), "line 3 of the patch is no hunk header", ErrorCode.PATCH_MALFORMED,
                        "line 3"),
                PatchOutcome.Blamed.of(patch("drop-rate-check", "unified-diff"), "2 tests fail with it and pass without it", Blame.of(2, 1, failures).probability(0.997)
                        .runs(List.of(0, 1, 2)).reproduction(Reproduction.of(List.of("drop-rate-check"), "", 1, true))),
                PatchOutcome.Dropped.of(patch("use-new-limit", "json-patch"), "needs drop-rate-check, which did not land", List.of("drop-rate-check")),
                PatchOutcome.Undecided.of(patch("late", "write-file"), "now and then this fails with these patches, and not without them: org.example.ClockTest#ticks")
                        .intermittent(List.of("org.example.ClockTest#ticks")));
        return new SampleBatch(outcomes, runs,
                List.of(RestoredFile.of("src/RateCheck.java", "0".repeat(64), "0".repeat(64)), RestoredFile.of("src/New.java", null, null),
                        RestoredFile.of("src/main/resources/app.json", "1".repeat(64), "2".repeat(64))),
                List.of("target/generated/Build.java"));
    }

    private static Patch patch(String id, String format) {
        return format.equals("unified-diff") ? Patch.builder(id, format).content(id).author("A U Thor <author@example.org>").build()
                : Patch.builder(id, format).target("config/app.json").content(id).build();
    }

    private static TestRun run(Verdict verdict, List<TestResult> failures) {
        List<TestResult> results = new ArrayList<>();
        IntStream.range(0, 12).forEach(i -> results.add(test("org.example.SomeTest#case" + i, TestResult.Status.PASSED, "")));
        results.add(test("org.example.SomeTest#onlyOnWindows", TestResult.Status.SKIPPED, "not on this system"));
        results.addAll(failures);
        return TestRun.of(verdict, verdict == Verdict.GREEN ? "all tests passed" : failures.size() + " tests failed", results,
                Duration.ofMillis(98_765)).output("Tests run: " + results.size());
    }

    private static TestResult test(String id, TestResult.Status status, String message) {
        return TestResult.of(id, status, Duration.ofMillis(status == TestResult.Status.SKIPPED ? 0 : 1_234), message);
    }

    private static List<Lesson> lessons() {
        return List.of(
                lesson(Suggestion.of("flaky-test:org.example.SocketTest#reconnects",
                        "org.example.SocketTest#reconnects failed in 9 of 40 runs on the same content",
                        "Mend it or mark it as flaky, so that it convicts no patch", ImpactScore.of(4, 2, 1, 5),
                        List.of(Evidence.of("9 failures in 40 runs on 6 contents", List.of(120L, 164L, 241L, 310L, 377L, 400L, 402L)))),
                        Lesson.State.OPEN, null),
                lesson(Suggestion.of("slow-tests", "The tests take 3.1 s longer with each cycle",
                        "Run the tests of the changed modules first, and in parallel", ImpactScore.of(4, 4, 2, 4),
                        List.of(Evidence.of("205 s to 341 s over 40 cycles, p < 0.001", List.of(20L, 840L)),
                                Evidence.of("org.example.SlowTest alone takes 96 s", List.of()))).watches("test-seconds"),
                        Lesson.State.OPEN, null),
                lesson(Suggestion.of("batch-size", "Batches of 30 patches take 9 runs each", "Test at most 12 patches at a time",
                        ImpactScore.of(3, 1, 1, 3), List.of(Evidence.of("9.2 runs a batch over 11 cycles", List.of(500L)))).watches("test-runs"),
                        Lesson.State.ADOPTED, Feedback.of("test-runs", Feedback.Verdict.HELPED, 18, 9, 14, 4, 0.0021)),
                lesson(Suggestion.of("retry-policy", "Pulls fail at night", "Wait longer between attempts", ImpactScore.of(2, 1, 1, 2),
                        List.of(Evidence.of("7 failed pulls between 2 and 3 o'clock", List.of(611L)))).watches("success"),
                        Lesson.State.ADOPTED, Feedback.of("success", Feedback.Verdict.UNDECIDED, 20, 1, 0, Double.NaN, 1)),
                lesson(Suggestion.of("store", "The JSON store holds 80 MB", "Use the SQLite store", ImpactScore.of(2, 3, 2, 4),
                        List.of(Evidence.of("80 MB in 11 files", List.of()))), Lesson.State.DISMISSED, null),
                lesson(Suggestion.of("lock-wait", "Cycles wait for each other", "Run them one after the other", ImpactScore.of(1, 1, 1, 1),
                        List.of(Evidence.of("12 s of waiting in 3 cycles", List.of(44L)))), Lesson.State.GONE, null));
    }

    static Lesson lesson(Suggestion suggestion, Lesson.State state, @Nullable Feedback feedback) {
        return Lesson.of(suggestion, state, suggestion.score().points(ImpactWeights.ofDefaults()), "20261101T080000Z-0003",
                Instant.parse("2026-11-01T08:00:00Z"), feedback);
    }
}
