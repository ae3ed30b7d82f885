package dev.autosync.core.engine;

import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.experience.IntermittentBugs;
import dev.autosync.core.experience.PatchRisks;
import dev.autosync.core.gate.Experience;
import dev.autosync.patch.Patch;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * What the history tells of patches and tests: read on in each cycle from where the last look has ended, at first from the latest {@value #MOST} runs and patches.
 * Memory is bounded, see {@link FalseReds}, {@link PatchRisks} and {@link IntermittentBugs}. For one thread.
 */
final class LearnedExperience implements Experience {
    private static final int MOST = 10_000;

    private final KindReader runs = new KindReader(Events.TEST_RUN, MOST);
    private final KindReader patches = new KindReader(Events.PATCH, MOST);
    private final FalseReds falseReds = new FalseReds();
    private final PatchRisks risks = new PatchRisks();
    private final IntermittentBugs intermittent = new IntermittentBugs();

    /** Reads what is new in the store since the last time. */
    void refresh(Store store) {
        runs.news(store).forEach(falseReds::take);
        for (StoredEvent patch : patches.news(store)) {
            risks.take(patch);
            intermittent.take(patch);
        }
    }

    @Override
    public OptionalDouble risk(Patch patch, Collection<String> files) {
        return risks.risk(patch, files);
    }

    @Override
    public double falseFailure(String test) {
        return falseReds.falseFailure(test);
    }

    @Override
    public double falseRed() {
        return falseReds.falseRed();
    }

    @Override
    public double intermittent(int patches) {
        return intermittent.among(patches);
    }
}
