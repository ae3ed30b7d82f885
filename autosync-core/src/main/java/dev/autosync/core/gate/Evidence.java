package dev.autosync.core.gate;

import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.Reproduction;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Chooses from all runs of a search those that speak against a patch. */
final class Evidence {
    private final List<BatchRun> runs;
    private final IntFunction<String> contents;

    /**
     * The evidence of a search.
     *
     * @param baseline the run without any patch, as it counts
     * @param log the runs that the search was told, as they count
     * @param contents the content hash of the tree of each run
     */
    Evidence(BatchRun baseline, List<BatchRun> log, IntFunction<String> contents) {
        this.contents = contents;
        this.runs = new ArrayList<>(log);
        runs.add(0, baseline);
    }

    /** What speaks against a patch. */
    Blame against(String patch, Conviction conviction) {
        List<BatchRun> red = runs.stream().filter(run -> run.patches().contains(patch) && !run.run().green()).toList();
        List<BatchRun> showing = red.stream().filter(run -> shows(run, conviction.symptoms())).toList();
        List<BatchRun> with = showing.isEmpty() ? red : showing;
        List<BatchRun> without = runs.stream().filter(run -> !run.patches().contains(patch) && isClean(run, conviction.symptoms())).toList();
        BatchRun smallest = with.stream().min(Comparator.comparingInt(run -> run.patches().size())).orElseThrow();
        // Those of all tests prove more: some tests fail only beside others.
        Blame blame = pair(whole(with), whole(without), conviction.symptoms()).or(() -> pair(with, without, conviction.symptoms())).orElseGet(() -> Blame.of(0, smallest.number(), failures(smallest, conviction.symptoms())));
        return blame.probability(conviction.probability())
                .runs(runs.stream().map(BatchRun::number).distinct().sorted().toList())
                .reproduction(Reproduction.of(smallest.patches(), contents.apply(smallest.number()), smallest.number(), smallest.patches().size() == 1));
    }

    private static List<BatchRun> whole(List<BatchRun> some) {
        return some.stream().filter(run -> !run.isPartial()).toList();
    }

    /** The two runs that differ least. */
    private static Optional<Blame> pair(List<BatchRun> with, List<BatchRun> without, Set<String> symptoms) {
        Blame best = null;
        int least = Integer.MAX_VALUE;
        for (BatchRun red : with) {
            for (BatchRun clean : without) {
                int differ = difference(red.patches(), clean.patches());
                List<TestResult> failures = failures(red, symptoms).stream().filter(test -> !failed(clean, test.id())).toList();
                if (differ < least) {
                    least = differ;
                    best = Blame.of(clean.number(), red.number(), failures);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static int difference(List<String> some, List<String> others) {
        Set<String> either = new HashSet<>(some);
        either.addAll(others);
        Set<String> both = new HashSet<>(some);
        both.retainAll(others);
        return either.size() - both.size();
    }

    private static List<TestResult> failures(BatchRun run, Set<String> symptoms) {
        return run.run().failures().stream().filter(test -> symptoms.isEmpty() || symptoms.contains(test.id())).toList();
    }

    private static boolean shows(BatchRun run, Set<String> symptoms) {
        return symptoms.isEmpty() ? !run.run().green() : symptoms.stream().anyMatch(symptom -> failed(run, symptom));
    }

    private static boolean isClean(BatchRun run, Set<String> symptoms) {
        return run.run().green() || !symptoms.isEmpty() && run.run().results().stream()
                .anyMatch(test -> symptoms.contains(test.id()) && test.status() == Status.PASSED) && !shows(run, symptoms);
    }

    private static boolean failed(BatchRun run, String test) {
        return run.run().results().stream().anyMatch(result -> result.id().equals(test) && result.status() == Status.FAILED);
    }
}
