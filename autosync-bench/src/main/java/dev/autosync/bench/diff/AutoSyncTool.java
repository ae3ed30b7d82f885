package dev.autosync.bench.diff;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** AutoSync as a tool embeds it: a batch of one patch, with tests that pass. */
final class AutoSyncTool implements DiffTool {

    @Override
    public String who() {
        return "autosync";
    }

    @Override
    public Said apply(Path workspace, byte[] diff) throws InterruptedException {
        BatchReport report = PatchRunner.builder(workspace).tests(new NoWork()).build()
                .run(PatchBatch.of(Patch.builder("patch", "unified-diff").content(diff).build()));
        return report.outcomes(PatchOutcome.Kind.APPLIED).size() == 1 ? Said.APPLIED
                : report.outcomes(PatchOutcome.Kind.ALREADY_APPLIED).size() == 1 ? Said.ALREADY_APPLIED
                : report.outcomes(PatchOutcome.Kind.AMBIGUOUS).size() == 1 ? Said.AMBIGUOUS : Said.FAILED;
    }

    private static final class NoWork implements TestSuite {
        @Override
        public TestRun run(TestContext context) {
            return TestRun.of(Verdict.GREEN, "1 test passed",
                    List.of(TestResult.of("bench#passes", TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        }
    }
}
