package dev.autosync.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the patches of a red batch are found that make it red: by which strategy, how sure it has to be, and what it may cost.
 *
 * <p>When a budget ends, what was seen green lands, what is proven is blamed, and the rest stays undecided. Threads: immutable; each method returns a new value.
 *
 * @since 0.1.0
 */
public final class CulpritSearch {
    private static final double DEFAULT_CONFIDENCE = 0.99;
    private static final double LEAST_CONFIDENCE = 0.5;
    private static final double MOST_CONFIDENCE = 0.999999;
    private static final int DEFAULT_RUNS = 10_000;
    private static final CulpritSearch DEFAULTS = new CulpritSearch(Strategy.ADAPTIVE, DEFAULT_CONFIDENCE, DEFAULT_RUNS, null, null);

    /** In which order trees are tested, and what is made of red runs. */
    public enum Strategy {
        /**
         * Each run is the one that is expected to tell most, by the tests that fail and by how likely patches are to be bad and tests to err; a patch is
         * blamed at a stated probability. Close to the fewest runs there can be, and the only strategy that tests may err with. The default.
         */
        ADAPTIVE,
        /** One patch after the other on top of the good ones: a run for each. Every run is believed. */
        ONE_BY_ONE,
        /** Halves the batch until the first bad patch is found, takes it out and begins again: about log2(n) + 1 runs for each bad one of n. Every run is believed. */
        BISECTION,
        /**
         * Leaves out parts of the batch as long as it stays red (ddmin; Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002) and takes
         * out the last patch of what is left; the others of it may be needed for the failure, too. Every run is believed.
         */
        DELTA_DEBUGGING
    }

    private final Strategy strategy;
    private final double confidence;
    private final int mostRuns;
    private final @Nullable Duration mostTime;
    private final @Nullable Duration mostTestTime;

    private CulpritSearch(Strategy strategy, double confidence, int mostRuns, @Nullable Duration mostTime, @Nullable Duration mostTestTime) {
        this.strategy = strategy;
        this.confidence = confidence;
        this.mostRuns = mostRuns;
        this.mostTime = mostTime;
        this.mostTestTime = mostTestTime;
    }

    /**
     * The search where none is set: {@link Strategy#ADAPTIVE}, at a confidence of 0.99, for at most 10,000 runs.
     *
     * @return the search
     */
    public static CulpritSearch ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The same by another strategy.
     *
     * @param strategy the strategy
     * @return a new search
     */
    public CulpritSearch strategy(Strategy strategy) {
        return new CulpritSearch(Objects.requireNonNull(strategy, "strategy"), confidence, mostRuns, mostTime, mostTestTime);
    }

    /**
     * The same at another confidence.
     *
     * @param least the least probability at which {@link Strategy#ADAPTIVE} blames a patch: 0.5 to 0.999999
     * @return a new search
     * @throws IllegalArgumentException if it is out of range
     */
    public CulpritSearch confidence(double least) {
        if (!(least >= LEAST_CONFIDENCE && least <= MOST_CONFIDENCE)) {
            throw new IllegalArgumentException("least must be " + LEAST_CONFIDENCE + " to " + MOST_CONFIDENCE + ", was " + least);
        }
        return new CulpritSearch(strategy, least, mostRuns, mostTime, mostTestTime);
    }

    /**
     * The same with another budget of runs.
     *
     * @param most how many runs of the tests a batch may take, the one of the whole batch among them and the one before it not: 1 to 1,000,000
     * @return a new search
     * @throws IllegalArgumentException if it is out of range
     */
    public CulpritSearch mostRuns(int most) {
        if (most < 1 || most > 1_000_000) {
            throw new IllegalArgumentException("most must be 1 to 1000000, was " + most);
        }
        return new CulpritSearch(strategy, confidence, most, mostTime, mostTestTime);
    }

    /**
     * The same with a limit for the time that the decision takes. No run is begun after it; one that is under way ends.
     *
     * @param most above zero
     * @return a new search
     * @throws IllegalArgumentException if it is not
     */
    public CulpritSearch mostTime(Duration most) {
        return new CulpritSearch(strategy, confidence, mostRuns, positive(most), mostTestTime);
    }

    /**
     * The same with a limit for the time that all runs take together, those side by side added up. No run is begun after it.
     *
     * @param most above zero
     * @return a new search
     * @throws IllegalArgumentException if it is not
     */
    public CulpritSearch mostTestTime(Duration most) {
        return new CulpritSearch(strategy, confidence, mostRuns, mostTime, positive(most));
    }

    private static Duration positive(Duration most) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("most must be above zero, was " + most);
        }
        return most;
    }

    /**
     * By which strategy.
     *
     * @return the strategy
     */
    public Strategy strategy() {
        return strategy;
    }

    /**
     * How sure it has to be that a patch is bad.
     *
     * @return 0.5 to 0.999999
     */
    public double confidence() {
        return confidence;
    }

    /**
     * How many runs a batch may take.
     *
     * @return 1 to 1,000,000
     */
    public int mostRuns() {
        return mostRuns;
    }

    /**
     * How long the decision may take.
     *
     * @return empty if there is no limit
     */
    public Optional<Duration> mostTime() {
        return Optional.ofNullable(mostTime);
    }

    /**
     * How long all runs may take together.
     *
     * @return empty if there is no limit
     */
    public Optional<Duration> mostTestTime() {
        return Optional.ofNullable(mostTestTime);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CulpritSearch s && s.strategy == strategy && s.confidence == confidence && s.mostRuns == mostRuns
                && Objects.equals(s.mostTime, mostTime) && Objects.equals(s.mostTestTime, mostTestTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(strategy, confidence, mostRuns, mostTime, mostTestTime);
    }

    @Override
    public String toString() {
        return strategy + " at " + confidence + ", at most " + mostRuns + " runs" + (mostTime == null ? "" : ", " + mostTime)
                + (mostTestTime == null ? "" : ", " + mostTestTime + " of tests");
    }
}
