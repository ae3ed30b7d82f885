package dev.autosync.core.gate;

import dev.autosync.patch.BatchRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs that are made while nothing else is under way, paid from the budget of a batch, as they count. */
final class PaidRuns {
    private final Probes probes;
    private final Judge judge;
    private final Budget budget;

    PaidRuns(Probes probes, Judge judge, Budget budget) {
        this.probes = probes;
        this.judge = judge;
        this.budget = budget;
    }

    /** The run of a tree: one that is known, which costs nothing, or a new one. */
    BatchRun test(Round.Part part, Asked asked) throws InterruptedException {
        boolean known = !probes.known(part.candidate().ids(), asked).isEmpty();
        return known ? judge.seen(probes.test(part.candidate(), asked)) : again(part, asked);
    }

    /**
     * A new run of all tests.
     *
     * @param places the patches in it, beside what has landed
     * @param first the ids of tests that are likely to fail
     */
    BatchRun again(Round round, List<Integer> places, List<String> first) throws InterruptedException {
        return again(round.part(places).orElseThrow(), Asked.all(first));
    }

    /**
     * New runs of all tests on one tree, side by side as far as there are places and the budget does not end. The budget must not have ended.
     *
     * @param places the patches in it, beside what has landed
     * @param most how many runs, 1 or more
     * @return one run or more
     */
    List<BatchRun> again(Round round, List<Integer> places, int most) throws InterruptedException {
        Probes.Candidate candidate = round.part(places).orElseThrow().candidate();
        List<BatchRun> ended = new ArrayList<>();
        int begun = 0;
        for (; begun < Math.min(most, probes.places()) && (begun == 0 || budget.spent().isEmpty()); begun++) {
            budget.begin();
            probes.begin(new Object(), candidate, Asked.all(List.of())).ifPresent(ended::add);
        }
        while (ended.size() < begun) {
            ended.add(probes.await().run());
        }
        ended.forEach(run -> budget.took(run.run().duration()));
        return ended.stream().map(judge::seen).toList();
    }

    private BatchRun again(Round.Part part, Asked asked) throws InterruptedException {
        budget.begin();
        BatchRun run = probes.again(part.candidate(), asked);
        budget.took(run.run().duration());
        return judge.seen(run);
    }

    /** Why no run can be paid any more; empty if one can. */
    Optional<String> spent() {
        return budget.spent();
    }

    /** How many runs of all tests were green with all of some patches, whatever else was in them. */
    int greens(List<String> patches) {
        return (int) probes.runs().stream().filter(run -> !run.isPartial() && judge.passes(run.run()) && run.patches().size() >= patches.size()
                && Set.copyOf(run.patches()).containsAll(patches)).count();
    }
}
