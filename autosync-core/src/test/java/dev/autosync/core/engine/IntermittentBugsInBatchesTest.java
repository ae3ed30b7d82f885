package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.engine.SimulatedBatches.Tally;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many batches land with a bug that shows in every other run, where one batch in twenty holds one. */
class IntermittentBugsInBatchesTest {
    private static final double SHARE = 0.05;

    @TempDir
    Path folder;

    private SimulatedBatches batches;

    @BeforeEach
    void begin() throws Exception {
        batches = new SimulatedBatches(folder.resolve("workspace"), 3);
    }

    @Test
    void landsSuchABugInOneOfAHundredBatchesAtMostOnceItHasSeenSome() throws Exception {
        Tally history = batches.history(150, SHARE);
        assertThat(batches.chance()).isBetween(SHARE / 2, 3 * SHARE);

        Tally with = batches.withBugs(80);
        Tally without = batches.withBugsAndNoHistory(30);

        assertThat(SHARE * with.landed() / with.bugs()).isLessThanOrEqualTo(0.01);
        assertThat(SHARE * without.landed() / without.bugs()).as("by the first green run").isGreaterThan(0.02);
        assertThat(history.wrong() + with.wrong()).as("good patches that were blamed").isLessThanOrEqualTo(5);
        assertThat(history.held()).as("good batches that did not land").isLessThanOrEqualTo(1);
        assertThat(history.runs()).as("what it costs").isLessThan(6 * history.batches());
    }

    @Test
    void takesNoMoreRunsWhereNoSuchBugWasEverSeen() throws Exception {
        Tally history = batches.history(40, 0);
        assertThat(batches.chance()).isLessThan(1e-5);
        assertThat(history.runs()).as("five of six batches are green at once").isLessThan(3 * history.batches());
    }
}
