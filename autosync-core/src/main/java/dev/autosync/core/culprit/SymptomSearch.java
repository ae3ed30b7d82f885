package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bad patches of a batch by the names of the tests that fail. Each failing test is a search of its own, and one run goes on with all of them: it runs a pool of
 * patches that has about half of what is suspected of each.
 *
 * <p>What is believed says what to run; what is decided was seen. A patch is convicted if a test has failed with it and has passed with each of the others of that
 * run, and what lands was in one green run of all tests. So a batch whose tests have more breakers than is believed costs runs, and nobody is blamed for it.
 */
public final class SymptomSearch implements Search {
    /** A pool that tells less is not worth a run; beside others that are under way it is to tell more. */
    private static final double LEAST_BITS = 1e-3;
    private static final double LEAST_BITS_BESIDE = 0.05;

    /** From which chance on that it is green the run of everything that is left is made before all is settled. */
    private static final double GATE_AT = 0.5;
    private static final double GATE_BESIDE_AT = 0.3;

    /** So often a run of the same patches may be red for tests that no patch explains. */
    private static final int MOST_GATES = 5;

    /** So often a suspect is looked at beside what is green: with the tests that failed, and then with all. */
    private static final int MOST_CONFIRMATIONS = 6;

    /** So many runs of the same patches end before a test that one of them was to tell of: what fails first keeps it from being run. */
    private static final int MOST_IN_VAIN = 2;

    /** So many runs that break before their tests are one each for a set of patches that does not hold together; after that only beginnings are run, then none. */
    private static final int BROKEN_POOLS = 2;
    private static final int MOST_BROKEN = 5;

    /** More tests than these are not named to a suite one by one. */
    private static final int MOST_SELECTED = 200;

    /** After so many runs, and so many for each patch, the search ends with what it has. */
    private static final int MOST_RUNS = 40;
    private static final int MOST_RUNS_OF_EACH = 4;

    private final Settings settings;
    private final Closures needs;
    private final Trials trials;
    private final BitSet dropped = new BitSet();
    private final List<Ask> pending = new ArrayList<>();
    private @Nullable State state;
    private int broken;

    /**
     * What is known before the first run.
     *
     * @param needs which patches need which
     * @param risks for each patch the chance that it is bad, above 0
     * @param falseFailure the chance that a test fails although nothing is broken, by its id
     * @param falseRed the chance that a run of all tests is red although nothing is broken
     * @param selective whether the suite can run some tests without the others
     * @param blameError the most that a conviction may be wrong by, for example 0.01
     * @param workers how many runs are made side by side, 1 or more
     */
    public record Settings(Needs needs, List<Double> risks, ToDoubleFunction<String> falseFailure, double falseRed, boolean selective, double blameError,
            int workers) {
        /** Copies the lists and checks the values. */
        public Settings {
            risks = List.copyOf(risks);
            if (risks.size() != needs.patches() || risks.stream().anyMatch(risk -> !(risk > 0 && risk <= 1))) {
                throw new IllegalArgumentException("each of the " + needs.patches() + " patches must have a risk above 0 and at most 1, were " + risks);
            }
            if (!(falseRed >= 0 && falseRed < 1 && blameError > 0 && blameError < 0.5 && workers > 0)) {
                throw new IllegalArgumentException("a chance of false red, a blame error below a half and a number of workers are needed, were " + falseRed + ", " + blameError
                        + ", " + workers);
            }
        }
    }

    /** What follows from all runs so far. */
    private record State(Suspects suspects, Convictions convictions, BitSet rest) {}

    /** A search in a batch of which nothing was run. */
    public SymptomSearch(Settings settings) {
        this.settings = settings;
        this.needs = new Closures(settings.needs());
        this.trials = new Trials(needs.patches());
    }

    @Override
    public Optional<Ask> next() {
        if (trials.all().size() >= MOST_RUNS + MOST_RUNS_OF_EACH * needs.patches() || pending.size() >= settings.workers() || needs.patches() == 0) {
            return Optional.empty();
        }
        Optional<Ask> ask = choose();
        ask.ifPresent(pending::add);
        return ask;
    }

    private Optional<Ask> choose() {
        if (trials.all().isEmpty()) {
            return pending.isEmpty() ? Optional.of(Ask.all(needs.without(all(), dropped).stream().boxed().toList())) : Optional.empty();
        }
        if (broken >= MOST_BROKEN) {
            return Optional.empty();
        }
        State now = state();
        BitSet guess = guess(now);
        if (worthGate(now, guess)) {
            return Optional.of(ask(guess, false));
        }
        if (now.suspects().open().isEmpty()) {
            return confirm(now);
        }
        Pool pool = pool(now, pendingPools());
        pool.improve(broken >= BROKEN_POOLS, patches -> silent(patches) || inVain(patches));
        if (pool.bits() > (pending.isEmpty() ? LEAST_BITS : LEAST_BITS_BESIDE)) {
            return Optional.of(ask(pool.patches(), true));
        }
        if (!pending.isEmpty()) {
            return Optional.empty();
        }
        // What is open then no run can tell: it is with patches that need a suspect.
        return mayGate(guess) ? Optional.of(ask(guess, false)) : confirm(now);
    }

    private boolean worthGate(State now, BitSet guess) {
        List<Breakers> open = now.suspects().open();
        double green = 1 - settings.falseRed();
        for (Breakers symptom : open) {
            green *= 1 - symptom.brokenBy(guess);
        }
        return (open.isEmpty() || green >= (pending.isEmpty() ? GATE_AT : GATE_BESIDE_AT)) && mayGate(guess);
    }

    /** Whether a run of all tests may be made with some patches: it is not under way, was not green, and has not been red too often. */
    private boolean mayGate(BitSet patches) {
        long times = trials.all().stream().filter(trial -> trial.full() && trial.patches().equals(patches)).count();
        return times < MOST_GATES && !patches.isEmpty() && !broken(patches) && pending.stream().noneMatch(ask -> ask.only().isEmpty() && set(ask).equals(patches))
                && trials.all().stream().noneMatch(trial -> trial.full() && trial.green() && trial.patches().equals(patches));
    }

    /** Whether a run with these patches broke before its tests. */
    private boolean broken(BitSet patches) {
        return trials.all().stream().anyMatch(trial -> trial.nameless() && trial.patches().equals(patches));
    }

    /** Whether a run with these patches said nothing of any symptom, be it for that or because it left them out. */
    private boolean silent(BitSet patches) {
        Set<String> symptoms = trials.symptoms();
        return trials.all().stream().anyMatch(trial -> trial.patches().equals(patches) && symptoms.stream().allMatch(test -> trial.failed(test) == null));
    }

    /** Whether runs with these patches have never come to a symptom, so often that another would not either. */
    private boolean inVain(BitSet patches) {
        List<Trials.Trial> same = trials.all().stream().filter(trial -> trial.patches().equals(patches)).toList();
        return same.size() >= MOST_IN_VAIN && trials.symptoms().stream().anyMatch(test -> same.stream().filter(trial -> trial.asked(test)).count() >= MOST_IN_VAIN
                && same.stream().allMatch(trial -> trial.failed(test) == null));
    }

    /** What is left without those who are suspected, and without whoever is suspected most of what is open. */
    private BitSet guess(State now) {
        BitSet out = new BitSet();
        for (Breakers symptom : now.suspects().open()) {
            int likeliest = symptom.likeliest();
            out.set(likeliest, symptom.breaks(likeliest) > symptom.none());
        }
        return needs.without(now.rest(), out);
    }

    /** Those who are suspected but not convicted, beside what is green: as many as can be told apart at once, then one after the other. */
    private Optional<Ask> confirm(State now) {
        BitSet unproven = new BitSet();
        now.suspects().patches().stream().filter(suspect -> !now.convictions().contains(suspect) && !dropped.get(suspect)).forEach(unproven::set);
        if (unproven.isEmpty()) {
            return Optional.empty();
        }
        ToldApart told = new ToldApart(trials, now.suspects().patches());
        BitSet apart = told.most(unproven);
        Optional<Ask> ask = apart.cardinality() > 1 ? confirm(now, told, apart) : Optional.empty();
        for (int suspect = unproven.nextSetBit(0); ask.isEmpty() && suspect >= 0; suspect = unproven.nextSetBit(suspect + 1)) {
            ask = confirm(now, told, Needs.bits(List.of(suspect)));
        }
        return ask;
    }

    /** Others who are suspected may be in that run if some of these need them, and each of these is told apart from them too. */
    private Optional<Ask> confirm(State now, ToldApart told, BitSet those) {
        BitSet with = (BitSet) now.rest().clone();
        those.stream().forEach(suspect -> with.or(needs.of(suspect)));
        BitSet together = (BitSet) now.suspects().patches().clone();
        together.and(with);
        boolean apart = together.equals(those) || Trials.holds(told.in(together), those);
        long times = trials.all().stream().filter(trial -> trial.patches().equals(with)).count();
        if (!apart || silent(with) || pendingPools().stream().anyMatch(with::equals) || times >= MOST_CONFIRMATIONS) {
            return Optional.empty();
        }
        return Optional.of(ask(with, times == 0 && trials.symptoms().stream().anyMatch(trials::controlled)));
    }

    private Ask ask(BitSet patches, boolean some) {
        Set<String> only = new LinkedHashSet<>();
        if (some && settings.selective() && !trials.distrustsAny()) {
            only.addAll(trials.symptoms());
            only.removeAll(state().suspects().flaky());
        }
        if (only.size() > MOST_SELECTED) {
            only.clear();
        }
        return new Ask(patches.stream().boxed().toList(), only);
    }

    private Pool pool(State now, List<BitSet> beside) {
        return new Pool(needs, now.rest(), now.suspects().open(), now.suspects().falseFailures(), beside);
    }

    private List<BitSet> pendingPools() {
        return pending.stream().map(SymptomSearch::set).toList();
    }

    private static BitSet set(Ask ask) {
        BitSet set = new BitSet();
        ask.patches().forEach(set::set);
        return set;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, needs.patches());
        return all;
    }

    @Override
    public void answer(Ask ask, Seen seen) {
        pending.remove(ask);
        if (seen.colour() == Seen.Colour.NONE) {
            return;
        }
        Trials.Trial trial = new Trials.Trial(set(ask), ask.only(), seen);
        if (trial.nameless()) {
            broken++;
        }
        trials.add(trial);
        state = null;
    }

    @Override
    public boolean tells(Ask ask) {
        if (!pending.contains(ask) || trials.all().isEmpty()) {
            return pending.contains(ask);
        }
        State now = state();
        BitSet patches = set(ask);
        BitSet unproven = (BitSet) now.suspects().patches().clone();
        unproven.and(patches);
        boolean confirms = (now.suspects().open().isEmpty() || Trials.holds(patches, now.rest())) && unproven.stream().anyMatch(patch -> !now.convictions().contains(patch));
        return confirms || ask.only().isEmpty() && patches.equals(guess(now)) || pool(now, List.of()).of(patches).bits() > LEAST_BITS;
    }

    @Override
    public void drop(Collection<Integer> patches) {
        patches.forEach(dropped::set);
        state = null;
    }

    @Override
    public Findings findings() {
        State now = state();
        BitSet convicted = new BitSet();
        now.convictions().all().forEach(conviction -> convicted.set(conviction.patch()));
        BitSet green = trials.all().stream().filter(trial -> trial.full() && trial.green() && !trial.patches().intersects(convicted)).map(Trials.Trial::patches)
                .max(Comparator.comparingInt(BitSet::cardinality).thenComparing(BitSet::toString)).orElseGet(BitSet::new);
        BitSet undecided = all();
        undecided.andNot(convicted);
        undecided.andNot(green);
        undecided.andNot(dropped);
        Set<String> flaky = new LinkedHashSet<>(now.suspects().flaky());
        flaky.addAll(trials.unexplained());
        return new Findings(now.convictions().all(), green.stream().boxed().toList(), undecided.stream().boxed().toList(), flaky);
    }

    private State state() {
        if (state == null) {
            Set<String> symptoms = trials.symptoms();
            Opinion opinion = new Opinion(settings, trials);
            Suspects suspects = new Suspects(trials, symptoms, opinion);
            BitSet rest = needs.without(needs.without(all(), dropped), suspects.patches());
            Convictions convictions = new Convictions(trials, symptoms, opinion, suspects, rest);
            state = new State(suspects, convictions, rest);
        }
        return state;
    }
}
