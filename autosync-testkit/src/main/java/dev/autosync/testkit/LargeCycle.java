package dev.autosync.testkit;

import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A cycle of many patches after a long history. */
final class LargeCycle {
    private LargeCycle() {}

    static SampleReport report(Path workspace, int cycles, int patches) {
        List<TestResult> failures = IntStream.range(0, 40)
                .mapToObj(i -> TestResult.of("org.example.Test" + i + "#fails", TestResult.Status.FAILED, Duration.ofMillis(7),
                        "expected: 1 but was: 2"))
                .toList();
        List<BatchRun> runs = IntStream.range(0, patches / 10).mapToObj(i -> BatchRun.of(i, List.of("patch-" + i),
                TestRun.of(i % 7 == 0 ? Verdict.RED : Verdict.GREEN, "looked", i % 7 == 0 ? failures : List.of(), Duration.ofSeconds(3)))).toList();
        List<PatchOutcome> outcomes = IntStream.range(0, patches).mapToObj(i -> outcome(i, failures)).toList();
        return SampleReport.of(workspace, "Sample", true, new SampleBatch(outcomes, runs, List.of(), List.of()), TypicalCycle.kpis(),
                TypicalCycle.trends(cycles), List.of(), List.of());
    }

    private static PatchOutcome outcome(int i, List<TestResult> failures) {
        Patch patch = Patch.builder("patch-" + i, "write-file").target("src/File" + i + ".java").content("text " + i).build();
        return i % 20 == 7 ? PatchOutcome.Blamed.of(patch, "40 tests fail with it and pass without it", Blame.of(0, 1, failures))
                : i % 20 == 13 ? PatchOutcome.Conflicted.of(patch, "hunk 1 of 1 does not fit src/File" + i + ".java")
                : PatchOutcome.Applied.of(patch, "applied and tested", List.of("src/File" + i + ".java"));
    }
}
