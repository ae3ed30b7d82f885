package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.CyclePhase;
import dev.autosync.SyncEngine;
import dev.autosync.history.History;
import dev.autosync.history.RecordedFigure;
import dev.autosync.history.RecordedPatch;
import dev.autosync.history.RecordedTest.Ending;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What real cycles have recorded is what the history of their engine tells. */
class HistoryOfCyclesTest extends CycleFixture {

    @Test
    void tellsOfTestsPatchesAndFiguresOfTheEnginesOwnStore() throws Exception {
        try (SyncEngine engine = engine(patches(4, 1))) {
            History history = engine.history();
            assertThat(history.cycleSeconds().values()).as("nothing happened yet").isEmpty();
            engine.sync();

            assertThat(history.test("f1.txt")).extracting(run -> run.ending()).contains(Ending.FAILED, Ending.NOT_FAILED);
            assertThat(history.test("f0.txt")).extracting(run -> run.ending()).doesNotContain(Ending.FAILED);
            assertThat(history.patch("p1")).extracting(RecordedPatch::outcome).containsExactly(Optional.of(PatchOutcome.Kind.BLAMED));
            assertThat(history.patch("p1")).first().satisfies(patch -> assertThat(patch.failures()).containsExactly("f1.txt"));
            assertThat(history.patch("p2")).first().satisfies(patch -> assertThat(patch.paths()).containsExactly("f2.txt"));
            assertThat(history.patches(PatchOutcome.Kind.APPLIED).values()).extracting(RecordedFigure::value).containsExactly(3.0);
            assertThat(history.phaseSeconds(CyclePhase.GATE).per(Resolution.DAY)).extracting(Rollup::count).containsExactly(1L);
            assertThat(history.testRunSeconds().values()).hasSize((int) history.test("f1.txt").count());
        }
    }
}
