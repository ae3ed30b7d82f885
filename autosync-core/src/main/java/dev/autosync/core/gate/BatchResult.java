package dev.autosync.core.gate;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.Reproduction;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of a batch as the gate makes it; its parts are described there. */
record BatchResult(List<PatchOutcome> outcomes, Map<String, String> checksums, @Nullable TestRun baselineRun, List<BatchRun> runs, int runsOneByOne,
        List<String> flakyTests, List<RestoredFile> restored, List<String> foreignChanges, List<TestChange> testChanges,
        List<Reproduction> combinations) implements BatchReport {
    private static final int MOST_CHANGES = 1_000;

    BatchResult {
        outcomes = List.copyOf(outcomes);
        checksums = Map.copyOf(checksums);
        runs = List.copyOf(runs);
        flakyTests = List.copyOf(flakyTests);
        combinations = List.copyOf(combinations);
        restored = List.copyOf(restored);
        foreignChanges = List.copyOf(foreignChanges);
        testChanges = testChanges.stream().limit(MOST_CHANGES).toList();
    }

    /** The same report with what others have changed; if anything was disturbed, nobody knows what was tested. */
    BatchResult withForeignChanges(List<String> paths, boolean disturbed) {
        List<BatchRun> known = !disturbed ? runs : runs.stream().map(run -> run.content("")).toList();
        return new BatchResult(outcomes, checksums, baselineRun, known, runsOneByOne, flakyTests, restored, paths, testChanges, combinations);
    }

    /** The same report with what became of changes that the tests may have made. */
    BatchResult withTestChanges(List<TestChange> changes) {
        return new BatchResult(outcomes, checksums, baselineRun, runs, runsOneByOne, flakyTests, restored, foreignChanges, changes, combinations);
    }

    @Override
    public String checksum(Patch patch) {
        String known = checksums.get(patch.id());
        return known == null ? patch.checksum() : known;
    }

    @Override
    public Optional<TestRun> baseline() {
        return Optional.ofNullable(baselineRun);
    }
}
