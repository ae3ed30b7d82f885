package dev.autosync.history;

import dev.autosync.AutoSyncException;
import dev.autosync.CyclePhase;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Store;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a history tells of a test, a patch, a KPI, and of how long things took.
 *
 * {@snippet class=dev.autosync.examples.HistoryExample region=history}
 *
 * <p>Called by embedding code. Threads: immutable, safe to share; a stream is for one thread. The streams read when they are asked, a page of at
 * most 1000 events at a time, in the order in which things were recorded, and need not be closed; what is recorded while one is read may be in
 * it or not. They throw what {@link Store#read} throws, and so after the store was closed. Texts come from tests, patches and files: untrusted.
 *
 * <p>Events that retention has removed are in no stream; the rollups of {@link Figures#per} still count them where the store keeps rollups.
 *
 * @since 0.1.0
 */
public interface History {

    /**
     * The history in a store.
     *
     * @param store an open store; whoever opened it closes it
     * @return its history
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if {@code autosync-core} is missing
     */
    static History of(Store store) {
        return Core.provider().history(store);
    }

    /**
     * Only what happened at or after a time.
     *
     * @param since the time; rollups begin with the hour or day that it lies in
     * @return a new history of the same store
     */
    History since(Instant since);

    /**
     * Only what happened before a time.
     *
     * @param until the time; the last hour or day of rollups begins before it, and is counted whole
     * @return a new history of the same store
     */
    History until(Instant until);

    /**
     * How a test ended in each recorded run of the tests, those of the search for culprits included.
     *
     * <p>Cost: reads every recorded run.
     *
     * @param id the test's id, as reports show it
     * @return one for each run
     */
    Stream<RecordedTest> test(String id);

    /**
     * What became of a patch in each cycle that it was part of.
     *
     * @param id the patch's id
     * @return one for each cycle that recorded it; several patches may have had the same id
     */
    Stream<RecordedPatch> patch(String id);

    /**
     * The values of a KPI.
     *
     * @param name the KPI's name
     * @return its values, in the unit that the KPI states
     */
    Figures kpi(String name);

    /**
     * How long cycles took up to their record, also those that failed.
     *
     * @return in seconds
     */
    Figures cycleSeconds();

    /**
     * How long a phase took.
     *
     * @param phase the phase
     * @return in seconds, one for each cycle that came to it
     */
    Figures phaseSeconds(CyclePhase phase);

    /**
     * How long runs of the tests took.
     *
     * @return in seconds, one for each run
     */
    Figures testRunSeconds();

    /**
     * How many patches had an outcome.
     *
     * @param outcome the outcome
     * @return a count for each cycle in which there was any
     */
    Figures patches(PatchOutcome.Kind outcome);

    /**
     * How well the risks were foretold that the engine has recorded with patches before it ran them. A patch counts once if it landed and once if it was blamed,
     * however often it was tried; others say nothing.
     *
     * <p>Cost: reads the outcome of every patch.
     *
     * @return the calibration; without any patch where no risk was foretold, as in histories of earlier releases
     */
    Calibration calibration();

    /**
     * How many patches a batch had best have, so that runs of the tests are few: the smallest size whose patches take at most a twentieth more of them than those
     * of the best one. From the share of patches that were bad and that of runs that were red by chance; waiting for patches counts for nothing.
     *
     * <p>Cost: reads every recorded run and the outcome of every patch.
     *
     * @return 1 to 256; empty as long as fewer than 20 patches have landed or were blamed
     */
    OptionalInt suggestedBatchSize();
}
