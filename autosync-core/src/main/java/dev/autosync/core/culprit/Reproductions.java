package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which convicted patches are bad alone, without the others of their batch: all of them in one run where their symptoms can be told apart.
 *
 * <p>Those whose tests differ are run together; who shows no symptom there shows none alone. Those that break builds, or share tests, have a
 * run each, and so has a patch of which a common run does not tell, as another one may hide its tests. Cost: about one run for all. Deterministic. Not safe to
 * share between threads.
 */
public final class Reproductions {
    /** Of patches that are convicted nearly all are bad alone. */
    private static final double ALONE = 0.9;
    private static final int MOST_RUNS = 8;

    private final Needs needs;
    private final double error;
    private final List<Open> open = new ArrayList<>();
    private final List<Integer> alone = new ArrayList<>();
    private final List<Integer> together = new ArrayList<>();
    private final List<Integer> unclear = new ArrayList<>();

    /**
     * A convicted patch.
     *
     * @param patch its place in the batch
     * @param symptom how it shows
     */
    public record Suspect(int patch, Symptom symptom) {}

    private static final class Open {
        private final Suspect suspect;
        private final Beliefs beliefs;
        private boolean byItself;
        private int runs;

        Open(Suspect suspect, List<Rates> rates) {
            this.suspect = suspect;
            this.beliefs = new Beliefs(rates, new double[] {ALONE});
            this.byItself = suspect.symptom().anyRed() || suspect.symptom().tests().isEmpty();
        }
    }

    /**
     * Looks at convicted patches.
     *
     * @param error the most that the answer for one of them may be wrong by, for example 0.01
     */
    public Reproductions(List<Suspect> suspects, Needs needs, List<Rates> rates, double error) {
        this.needs = needs;
        this.error = error;
        suspects.forEach(suspect -> open.add(new Open(suspect, rates)));
    }

    /** The next run; empty when it has ended. */
    public Optional<Ask> next() {
        return open.isEmpty() ? Optional.empty() : Optional.of(Ask.all(needs.closed(group().stream().map(of -> of.suspect.patch()).toList())));
    }

    /** Those that the next run is about: the first that is open, and all whose symptoms can be told from its own and from each other. */
    private List<Open> group() {
        List<Open> group = new ArrayList<>();
        Set<String> tests = new HashSet<>();
        for (Open each : open) {
            if (group.isEmpty() || !each.byItself && !group.get(0).byItself && each.suspect.symptom().tests().stream().noneMatch(tests::contains)) {
                group.add(each);
                tests.addAll(each.suspect.symptom().tests());
            }
        }
        return group;
    }

    /** What the run that was asked for has said. */
    public void answer(Ask ask, Seen seen) {
        if (seen.colour() == Seen.Colour.NONE) {
            return;
        }
        List<Open> group = group();
        for (Open each : group) {
            each.runs++;
            switch (each.suspect.symptom().in(seen)) {
                case SHOWN -> each.beliefs.answer(new Question(1, false), true);
                case ABSENT -> each.beliefs.answer(new Question(1, false), false);
                case UNKNOWN -> hidden(each, group.size() > 1);
            }
            List<Integer> where = decided(each);
            if (where != null) {
                where.add(each.suspect.patch());
                open.remove(each);
            }
        }
    }

    private static void hidden(Open each, boolean byOthers) {
        each.byItself = true;
        each.runs = byOthers ? each.runs : MOST_RUNS;
    }

    private @Nullable List<Integer> decided(Open each) {
        double chance = each.beliefs.firstBad(0);
        if (chance >= 1 - error) {
            return alone;
        }
        return chance <= error ? together : each.runs >= MOST_RUNS ? unclear : null;
    }

    /** Those that show their symptom alone, in the order in which that was seen. */
    public List<Integer> alone() {
        return List.copyOf(alone);
    }

    /** Those that do not: they are bad only together with others. */
    public List<Integer> together() {
        return List.copyOf(together);
    }

    /** Those of which no run tells: alone they break before their tests. */
    public List<Integer> unclear() {
        return List.copyOf(unclear);
    }
}
