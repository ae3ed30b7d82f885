package dev.autosync.core.engine;

import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.experience.PatchRisks;
import dev.autosync.core.gate.Experience;
import dev.autosync.patch.Patch;
import dev.autosync.spi.Store;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * What the history tells of patches and tests: read on in each cycle from where the last look has ended, at first from the latest {@value #MOST} runs and patches.
 * Memory is bounded, see {@link FalseReds} and {@link PatchRisks}. For one thread.
 */
final class LearnedExperience implements Experience {
    private static final int MOST = 10_000;

    private final KindReader runs = new KindReader(Events.TEST_RUN, MOST);
    private final KindReader patches = new KindReader(Events.PATCH, MOST);
    private final FalseReds falseReds = new FalseReds();
    private final PatchRisks risks = new PatchRisks();

    /** Reads what is new in the store since the last time. */
    void refresh(Store store) {
        runs.news(store).forEach(falseReds::take);
        patches.news(store).forEach(risks::take);
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
}
