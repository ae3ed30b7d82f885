package dev.autosync.core.culprit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds with whom a convicted patch is bad: alone, or only together with others.
 *
 * <p>First the patch is run alone, with what it needs. If that does not show its symptom, the shortest beginning of the others with which it does is
 * found; the last of that beginning has a part in it. Then the same again with both, before that one, until those that have been found are enough. A
 * run that would be red by chance is repeated as far as the rates ask for it, and a part that was found by such a run is given up again.
 *
 * <p>Takes for granted that what some patches show, more patches show as well. Cost: 1 run for a patch that is bad alone, else 1 + the sum over the
 * others of log2(place) + 1. Deterministic: the same answers lead to the same questions. Not safe to share between threads.
 */
public final class Combination {
    /** Whether a patch is bad alone is open: most are, but then it costs one run only. */
    private static final double ALONE = 0.5;
    /** Of those that are not, most are bad with one other. */
    private static final double ENOUGH = 0.6;
    /** That nobody is bad at all. */
    private static final double NOTHING = 0.05;
    /** A part is taken for one from here on; whether it was one is seen at the next step. */
    private static final double PART = 0.95;
    private static final double LEAST_BITS = 1e-3;
    private static final double TIE = 1e-12;

    private final Symptom symptom;
    private final Needs needs;
    private final List<Rates> rates;
    private final double error;
    private final int mostRuns;
    private final List<Run> runs = new ArrayList<>();
    private final Deque<Stage> stages = new ArrayDeque<>();
    private final Set<BitSet> unclear = new HashSet<>();
    private int asked;
    private @Nullable Result result;

    /** How it ended. */
    public enum End {
        /** The smallest combination is known. */
        FOUND,
        /** What the runs say does not fit together: not even all of them show the symptom any more. */
        CONTRADICTED,
        /** No run is left, or none tells anything. */
        EXHAUSTED
    }

    /**
     * What was found.
     *
     * @param members the patches that are bad together, ascending; without any of them the symptom does not show. The convicted one alone if it is bad alone
     * @param reproduction the smallest run that shows the symptom: the members and what they need
     * @param probability that the members are right, 0 to 1
     */
    public record Result(End end, List<Integer> members, Ask reproduction, double probability) {
        /** Copies the members. */
        public Result {
            members = List.copyOf(members);
        }
    }

    private record Run(BitSet patches, boolean shown) {}

    /** One search for a beginning: with the members so far, on the steps before the last of them. */
    private final class Stage {
        private final List<Integer> members;
        private final List<List<Integer>> before;
        /** The steps of which one may be the last of the shortest beginning, and the runs with all up to it. */
        private final List<List<Integer>> steps = new ArrayList<>();
        private final List<BitSet> chain = new ArrayList<>();
        private final Beliefs beliefs;
        /** The step with which the search went on. */
        private int part = -1;

        Stage(List<Integer> members, List<List<Integer>> before, double enough, double nothing) {
            this.members = members;
            this.before = before;
            BitSet tree = needs.closed(Needs.bits(members));
            chain.add(tree);
            steps.add(members);
            for (List<Integer> step : before) {
                BitSet longer = (BitSet) tree.clone();
                longer.or(needs.closed(Needs.bits(step)));
                if (!longer.equals(tree)) {
                    chain.add(longer);
                    steps.add(step);
                    tree = longer;
                }
            }
            beliefs = new Beliefs(rates, hazards(chain.size(), enough, nothing));
        }

        /** What a run says of the chain: where it is shown, it is in every longer one; where it is absent, in every shorter one. */
        void learn(Run run) {
            int size = chain.size();
            if (run.shown()) {
                int length = 1;
                while (length <= size && !holds(chain.get(length - 1), run.patches())) {
                    length++;
                }
                if (length <= size) {
                    beliefs.answer(new Question(length, false), true);
                }
            } else {
                int length = size;
                while (length > 0 && !holds(run.patches(), chain.get(length - 1))) {
                    length--;
                }
                if (length > 0) {
                    beliefs.answer(new Question(length, false), false);
                }
            }
        }

        /** The chance that fewer than the first steps would do. */
        double before(int place) {
            return place == 0 ? 0 : beliefs.badAmong(new Question(place, false));
        }

        /** Gives up the part with which the search went on. */
        void exclude() {
            beliefs.convict(part);
            chain.remove(part);
            steps.remove(part);
            part = -1;
        }

        /** The run that tells most; empty if none tells enough. Of equal ones the longest, as a beginning that is too long is seen to be. */
        Optional<BitSet> mostTelling() {
            double most = LEAST_BITS;
            Optional<BitSet> best = Optional.empty();
            for (int length = 1; length <= chain.size(); length++) {
                double bits = beliefs.bits(new Question(length, false));
                if (bits > most - TIE && !unclear.contains(chain.get(length - 1))) {
                    most = Math.max(most, bits);
                    best = Optional.of(chain.get(length - 1));
                }
            }
            return best;
        }
    }

    /**
     * A search with whom a patch is bad.
     *
     * @param convicted its place in the batch
     * @param symptom how it shows
     * @param together the patches that were with it in a run that has shown it
     * @param error the most that the result may be wrong by, for example 0.01
     * @param mostRuns after so many it ends, 1 or more
     */
    public Combination(int convicted, Symptom symptom, Collection<Integer> together, Needs needs, List<Rates> rates, double error, int mostRuns) {
        this.symptom = symptom;
        this.needs = needs;
        this.rates = List.copyOf(rates);
        this.error = error;
        this.mostRuns = mostRuns;
        List<Integer> all = new ArrayList<>(together);
        all.add(convicted);
        runs.add(new Run(needs.closed(Needs.bits(all)), true));
        stages.push(new Stage(List.of(convicted), needs.units(together), ALONE, NOTHING));
        runs.forEach(stages.getFirst()::learn);
    }

    private static double[] hazards(int places, double enough, double nothing) {
        double[] hazards = new double[places];
        double others = (1 - nothing) * (1 - enough);
        hazards[0] = places == 1 ? 1 - nothing : (1 - nothing) * enough;
        double left = 1 - hazards[0];
        for (int place = 1; place < places; place++) {
            double share = others / (places - 1);
            hazards[place] = share / left;
            left -= share;
        }
        return hazards;
    }

    private static boolean holds(BitSet outer, BitSet inner) {
        BitSet missing = (BitSet) inner.clone();
        missing.andNot(outer);
        return missing.isEmpty();
    }

    /** Takes in a run that was made before this search, with which it need not ask again. */
    public void note(Ask ask, Seen seen) {
        take(Needs.bits(ask.patches()), seen);
    }

    /** What the run that was asked for has said; one that does not tell whether the symptom shows changes nothing that is believed. */
    public void answer(Ask ask, Seen seen) {
        asked += seen.colour() == Seen.Colour.NONE ? 0 : 1;
        take(Needs.bits(ask.patches()), seen);
    }

    private void take(BitSet patches, Seen seen) {
        Symptom.Shown shown = symptom.in(seen);
        if (shown == Symptom.Shown.UNKNOWN && seen.colour() == Seen.Colour.RED) {
            unclear.add(patches);
        }
        if (shown != Symptom.Shown.UNKNOWN) {
            Run run = new Run(patches, shown == Symptom.Shown.SHOWN);
            runs.add(run);
            stages.forEach(stage -> stage.learn(run));
        }
    }

    /** The next run; empty when it has ended. */
    public Optional<Ask> next() {
        while (result == null) {
            Stage stage = stages.getFirst();
            Beliefs beliefs = stage.beliefs;
            int best = beliefs.likeliest();
            if (beliefs.firstBad(0) >= 1 - error) {
                end(End.FOUND);
            } else if (beliefs.firstBad(beliefs.length()) >= 1 - error) {
                goBack();
            } else if (best > 0 && beliefs.firstBad(best) >= PART) {
                goOn(best);
            } else {
                Optional<BitSet> run = asked < mostRuns ? stage.mostTelling() : Optional.empty();
                if (run.isPresent()) {
                    return run.map(patches -> Ask.all(patches.stream().boxed().toList()));
                }
                end(End.EXHAUSTED);
            }
        }
        return Optional.empty();
    }

    private void goOn(int place) {
        Stage stage = stages.getFirst();
        stage.part = place;
        List<Integer> members = new ArrayList<>(stage.members);
        members.addAll(stage.steps.get(place));
        Stage next = new Stage(members, stage.before.subList(0, stage.before.indexOf(stage.steps.get(place))), ENOUGH, 1 - stage.beliefs.firstBad(place));
        // The runs that have shown it have led here, and are no evidence that this was right.
        runs.stream().filter(run -> !run.shown()).forEach(next::learn);
        stages.push(next);
    }

    private void goBack() {
        stages.pop();
        if (stages.isEmpty()) {
            result = new Result(End.CONTRADICTED, List.of(), Ask.all(List.of()), 0);
        } else {
            stages.getFirst().exclude();
        }
    }

    private void end(End end) {
        Stage last = stages.getFirst();
        double probability = last.beliefs.firstBad(0);
        for (Stage stage : stages) {
            probability *= stage == last ? 1 : 1 - stage.before(stage.part);
        }
        Ask reproduction = Ask.all(last.chain.get(0).stream().boxed().toList());
        result = new Result(end, last.members.stream().sorted().toList(), reproduction, probability);
    }

    /** What was found; empty until it has ended. */
    public Optional<Result> result() {
        return Optional.ofNullable(result);
    }
}
