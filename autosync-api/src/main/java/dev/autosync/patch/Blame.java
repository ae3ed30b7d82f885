package dev.autosync.patch;

import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.TestResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evidence against a patch: the probability that it is bad, the runs that say so, and the smallest tree in which the failure was seen.
 *
 * <p>Two of the runs are named: of those without the patch in which its tests passed and those with it in which they failed, the two that differ
 * least. Where they differ in more than this patch, the other runs tell it from the rest. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Blame {
    private final int runWithout;
    private final int runWith;
    private final List<TestResult> failures;
    private final double probability;
    private final List<Integer> runs;
    private final @Nullable Reproduction reproduction;

    private Blame(int runWithout, int runWith, List<TestResult> failures, double probability, List<Integer> runs, @Nullable Reproduction reproduction) {
        this.runWithout = runWithout;
        this.runWith = runWith;
        this.failures = List.copyOf(failures);
        this.probability = probability;
        this.runs = List.copyOf(runs);
        this.reproduction = reproduction;
    }

    /**
     * Evidence of two runs, at a probability of 1.
     *
     * @param runWithout the number of the run without the patch, 0 for the baseline
     * @param runWith the number of the run with it, 1 or more
     * @param failures the tests that convict it; empty if the run with it broke before any test, as a build does
     * @return the evidence
     */
    public static Blame of(int runWithout, int runWith, List<TestResult> failures) {
        return new Blame(runWithout, runWith, failures, 1, List.of(runWithout, runWith), null);
    }

    /**
     * The same at another probability.
     *
     * @param chance that the patch is bad, by all that is known: above 0, at most 1
     * @return new evidence
     * @throws IllegalArgumentException if it is out of range
     */
    public Blame probability(double chance) {
        if (!(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException("chance must be above 0 and at most 1, was " + chance);
        }
        return new Blame(runWithout, runWith, failures, chance, runs, reproduction);
    }

    /**
     * The same with all runs that speak.
     *
     * @param numbers their {@link BatchRun#number()}
     * @return new evidence
     */
    public Blame runs(List<Integer> numbers) {
        return new Blame(runWithout, runWith, failures, probability, numbers, reproduction);
    }

    /**
     * The same with the smallest tree in which the failure was seen.
     *
     * @param smallest the patches in it, and their run
     * @return new evidence
     */
    public Blame reproduction(Reproduction smallest) {
        return new Blame(runWithout, runWith, failures, probability, runs, smallest);
    }

    /**
     * The run without the patch.
     *
     * @return its {@link BatchRun#number()}; 0 is the baseline
     */
    public int runWithout() {
        return runWithout;
    }

    /**
     * The run with the patch.
     *
     * @return its {@link BatchRun#number()}
     */
    public int runWith() {
        return runWith;
    }

    /**
     * The tests that convict it.
     *
     * @return tests that passed in the run without it and failed in the run with it; empty if that one broke before any test, as a build
     *     does
     */
    public List<TestResult> failures() {
        return failures;
    }

    /**
     * How sure it is.
     *
     * @return the chance that the patch is bad, given all runs and what was thought of patches and tests before; at least
     *     {@link CulpritSearch#confidence()} where the search is adaptive
     */
    public double probability() {
        return probability;
    }

    /**
     * The runs that speak, for and against.
     *
     * @return their {@link BatchRun#number()}, ascending
     */
    public List<Integer> runs() {
        return runs;
    }

    /**
     * The smallest tree in which the failure was seen.
     *
     * @return empty if nobody has kept it
     */
    public Optional<Reproduction> reproduction() {
        return Optional.ofNullable(reproduction);
    }
}
