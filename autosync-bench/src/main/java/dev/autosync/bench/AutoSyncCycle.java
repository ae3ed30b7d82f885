package dev.autosync.bench;

import dev.autosync.CyclePhase;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Cycles of AutoSync as a tool runs them that is there already: open an engine, one cycle, close it. */
final class AutoSyncCycle {
    private final Path workspace;
    private final TestSuite tests = new NoWork();

    AutoSyncCycle(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * A cycle's times.
     *
     * @param all from before the engine was opened until after it was closed
     * @param open the opening alone
     * @param phases the phases between
     */
    record Times(Duration all, Duration open, Map<CyclePhase, Duration> phases) {}

    Times run(String id, String diff) throws InterruptedException {
        PatchBatch batch = PatchBatch.of(Patch.unifiedDiff(id, diff));
        long start = System.nanoTime();
        SyncReport report;
        long opened;
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(tests).patches(batch).build()) {
            opened = System.nanoTime();
            report = engine.sync();
        }
        long closed = System.nanoTime();
        if (report.batch().outcomes(PatchOutcome.Kind.APPLIED).size() != 1 || !report.warnings().isEmpty()) {
            throw new IllegalStateException("the patch did not land: " + report.summary());
        }
        return new Times(Duration.ofNanos(closed - start), Duration.ofNanos(opened - start), report.phases());
    }

    /** A suite of one test that passes at once: what is left is the price of the cycle itself. */
    private static final class NoWork implements TestSuite {
        @Override
        public TestRun run(TestContext context) {
            return TestRun.of(Verdict.GREEN, "1 test passed",
                    List.of(TestResult.of("bench#passes", TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        }

        @Override
        public String fingerprint() {
            return "one test that passes";
        }
    }
}
