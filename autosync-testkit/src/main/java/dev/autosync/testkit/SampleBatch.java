package dev.autosync.testkit;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.Reproduction;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch as it is told. */
record SampleBatch(List<PatchOutcome> outcomes, List<BatchRun> runs, List<RestoredFile> restored, List<String> foreignChanges)
        implements BatchReport {
    static final SampleBatch EMPTY = new SampleBatch(List.of(), List.of(), List.of(), List.of());

    SampleBatch {
        outcomes = List.copyOf(outcomes);
        runs = List.copyOf(runs);
        restored = List.copyOf(restored);
        foreignChanges = List.copyOf(foreignChanges);
    }

    @Override
    public Optional<TestRun> baseline() {
        return runs.stream().filter(r -> r.number() == 0).map(BatchRun::run).findFirst();
    }

    @Override
    public int runsOneByOne() {
        return outcomes.size();
    }

    @Override
    public List<String> flakyTests() {
        return List.of();
    }

    /** What others have changed was changed once more, and put back: reporters show both. */
    @Override
    public List<TestChange> testChanges() {
        return foreignChanges.stream().map(path -> TestChange.of(path, TestChange.Treatment.UNDONE, "changed while tests ran: " + path, path)).toList();
    }

    /** What was dropped is told as one of a combination with those because of which it was. */
    @Override
    public List<Reproduction> combinations() {
        List<Reproduction> combinations = new ArrayList<>();
        for (PatchOutcome outcome : outcomes) {
            if (outcome instanceof PatchOutcome.Dropped dropped) {
                List<String> patches = new ArrayList<>(dropped.because());
                patches.add(dropped.patch().id());
                combinations.add(Reproduction.of(patches, "", 1, true));
            }
        }
        return combinations;
    }
}
