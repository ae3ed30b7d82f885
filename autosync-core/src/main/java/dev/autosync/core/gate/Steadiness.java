package dev.autosync.core.gate;

import dev.autosync.core.experience.IntermittentBugs;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees before patches land that one green run was no luck. One of them may have a bug that does not always show; to land on the first green run would be to try
 * again until it is green.
 *
 * <p>Patches are run until they were green as often as the history asks for, {@link #greens}: once where nobody has seen such bugs. If something fails with
 * nothing but them, they are run until such a bug would have shown; if the same fails, or anything does, so often that it is no chance, and in six runs never
 * without them, they do not land, and nobody is blamed.
 */
final class Steadiness {
    /** What is flaky if a run is red without a test that says so, and green when it is repeated. */
    static final String WHOLE_RUN = "the run as a whole";

    /** So often the tree without patches is run to see whether something fails there, too. */
    private static final int LOOKS = 6;

    /** So often patches are run at most because of what the history tells. */
    private static final int MOST_GREENS = 8;

    /** The most that there may be such a bug in all that lands. */
    private static final double MOST_RISK = 0.01;

    /** Twice what is thought of a test of which nothing is known. */
    private static final double KNOWN_TO_FLAKE = 0.04;

    /** After so many runs of the same patches it is given up. */
    private static final int MOST_RUNS = 30;

    private static final int MOST_TESTS = 200;

    private final PaidRuns runs;
    private final Judge judge;
    private final Experience experience;
    private final Set<String> flakyWithoutPatches = new HashSet<>();
    /** Whether something fails now and then without patches where they were red with something else each time. */
    private boolean redWithoutPatches;

    Steadiness(PaidRuns runs, Judge judge, Experience experience) {
        this.runs = runs;
        this.judge = judge;
        this.experience = experience;
    }

    /**
     * Why patches do not land that were green.
     *
     * @param tests what fails now and then with them, and not without, the first 200; empty if it is for another reason
     */
    record Doubt(String why, List<String> tests) {}

    /**
     * How many green runs bring the chance of a bug that does not always show below a hundredth: the smallest g, 1 to {@value #MOST_GREENS}, of at least
     * {@code ln(0.01 (1 - chance) / (0.99 chance)) / ln(1 - shows)}.
     *
     * @param chance that there is one, before any run
     * @param shows in which share of runs it shows, above 0 and below 1
     */
    static int greens(double chance, double shows) {
        double odds = MOST_RISK / (1 - MOST_RISK) * (1 - chance) / chance;
        return (int) Math.max(1, Math.min(MOST_GREENS, Math.ceil(Math.log(odds) / Math.log(1 - shows))));
    }

    /** Notes that tests fail now and then without patches. */
    void flakyWithoutPatches(Collection<String> tests) {
        flakyWithoutPatches.addAll(tests);
    }

    /**
     * Runs patches that were green as often as it takes.
     *
     * @param green their places
     * @param log the runs of the search that has found them, as they count
     * @return why they do not land; empty if they may
     */
    Optional<Doubt> doubt(Round round, List<Integer> green, List<BatchRun> log) throws InterruptedException {
        List<String> ids = round.ids(green);
        Set<String> own = Set.copyOf(ids);
        boolean named = log.stream().anyMatch(run -> !run.run().results().isEmpty());
        Set<String> before = log.stream().filter(run -> own.containsAll(run.patches()) && !(named && lacks(run, own))).flatMap(run -> telling(run).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Sightings seen = new Sightings(experience, before, runs.greens(ids));
        int asked = greens(experience.intermittent(green.size()), IntermittentBugs.SHOWS);
        int made = 0;
        while (seen.quietRuns() < seen.enough(asked)) {
            String why = made >= MOST_RUNS ? "in " + made + " runs something failed again and again: " + Judge.names(seen.failed()) : whyUnpaid(seen, asked);
            if (!why.isEmpty()) {
                return Optional.of(new Doubt(why, List.of()));
            }
            for (BatchRun run : runs.again(round, green, seen.enough(asked) - seen.quietRuns())) {
                made++;
                if (!run.run().verdict().evidence()) {
                    return Optional.of(new Doubt(judge.couldNotRun(run), List.of()));
                }
                seen.run(telling(run));
            }
            Optional<Doubt> doubt = doubt(round, seen);
            if (doubt.isPresent()) {
                return doubt;
            }
            seen.forget(flakyWithoutPatches);
        }
        return Optional.empty();
    }

    /** Whether a run broke before its tests, as it does where a patch lacks another one. */
    private static boolean lacks(BatchRun run, Set<String> all) {
        return run.run().results().isEmpty() && run.patches().size() < all.size();
    }

    private Optional<Doubt> doubt(Round round, Sightings seen) throws InterruptedException {
        List<String> same = seen.noChance();
        if (!same.isEmpty()) {
            return without(round, same, false);
        }
        return redWithoutPatches || !seen.redTooOften() ? Optional.empty() : without(round, List.copyOf(seen.failed()), true);
    }

    /** Why no run can be made any more; empty if one can. */
    private String whyUnpaid(Sightings seen, int asked) {
        int quiet = seen.quietRuns();
        return runs.spent().map(why -> why + (seen.failed().isEmpty() ? "; by the history these patches are to be green " + asked + " times, and were "
                + (quiet == 1 ? "once" : quiet + " times") : "")).orElse("");
    }

    /**
     * Whether what has failed with patches fails without them as well: then it is nobody's fault.
     *
     * @param whatever whether anything that fails says so, since with the patches it was something else each time
     */
    private Optional<Doubt> without(Round round, List<String> failed, boolean whatever) throws InterruptedException {
        for (int made = 0; made < LOOKS;) {
            Optional<String> spent = runs.spent();
            if (spent.isPresent()) {
                return Optional.of(new Doubt(spent.get(), List.of()));
            }
            List<BatchRun> looks = runs.again(round, List.of(), LOOKS - made);
            made += looks.size();
            Optional<BatchRun> broken = looks.stream().filter(run -> !run.run().verdict().evidence()).findFirst();
            if (broken.isPresent()) {
                return Optional.of(new Doubt("it could not be seen whether this fails without these patches, too: " + Judge.names(failed) + "; " + broken.get().run().reason(), List.of()));
            }
            List<String> now = looks.stream().flatMap(run -> symptoms(run).stream()).distinct().toList();
            boolean red = looks.stream().anyMatch(run -> !telling(run).isEmpty());
            if (whatever ? red : !Collections.disjoint(now, failed)) {
                redWithoutPatches |= whatever;
                flakyWithoutPatches.addAll(now);
                return Optional.empty();
            }
        }
        return Optional.of(new Doubt("now and then this fails with these patches, and not without them: " + Judge.names(failed), failed.stream().limit(MOST_TESTS).toList()));
    }

    /** What fails in a run and is not known to do so by chance. */
    private Set<String> telling(BatchRun run) {
        Set<String> telling = new LinkedHashSet<>(symptoms(run));
        telling.removeIf(test -> flakyWithoutPatches.contains(test) || experience.falseFailure(test) > KNOWN_TO_FLAKE);
        return telling;
    }

    private static List<String> symptoms(BatchRun run) {
        List<String> failures = run.run().failures().stream().map(TestResult::id).toList();
        return failures.isEmpty() && !run.run().green() ? List.of(WHOLE_RUN) : failures;
    }
}
