package dev.autosync.core.culprit;

import dev.autosync.core.culprit.Findings.Conviction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the patches of a batch by the colour of runs alone: asks for the run that tells most, convicts at a stated probability, lets land only what
 * was green.
 *
 * <p>Method: {@link Beliefs}; which run tells most, {@link NestedPlan} says where it can. Cost: in proportion to the patches and the rates, for each question
 * and answer.
 */
public final class AdaptiveSearch implements Search {
    /** A question that tells less is not worth a run. */
    private static final double LEAST_BITS = 1e-3;

    /** So often a run is asked for that only is to be green. */
    private static final int MOST_GATES = 5;

    /** Below this a suspect is one no more. */
    private static final double UNSUSPICIOUS = 0.02;

    /** Below this nobody is bad. What may be bad stays among the undecided, as a red run may yet be its doing. */
    private static final double PROVEN = 1e-9;

    /** Nobody is certain to be good or bad before any run; else one would be convicted without a red run, or none could explain one. */
    private static final double LEAST_HAZARD = 1e-4;
    private static final double MOST_HAZARD = 0.9;

    private final Prior prior;
    private final Settings settings;
    private final Beliefs beliefs;
    private final @Nullable NestedPlan plan;
    private final Needs needs;
    private final List<Integer> undecided = new ArrayList<>();
    private final Set<Integer> seenGreen = new HashSet<>();
    private final List<Conviction> convicted = new ArrayList<>();
    private final SortedSet<Integer> landed = new TreeSet<>();
    private final Set<List<Integer>> green = new LinkedHashSet<>();
    private final List<Ask> underWay = new ArrayList<>();
    private int gates;
    private boolean red;
    private double landedRisk;

    /**
     * When something is decided.
     *
     * @param blameError the most that a conviction may be wrong by, for example 0.01
     * @param landRisk the most that there may be a bad patch in all that lands, where bad patches do not always show
     * @param suspectAt from which probability on a patch is left out of runs while others are looked at
     */
    public record Settings(double blameError, double landRisk, double suspectAt) {
        /**
         * Convictions that are wrong in less than a hundredth; half a hundredth for what lands, so that of batches with a bug that shows in every other run less than a
         * hundredth land, where three in ten are believed to be bad; suspects from a half on.
         */
        public static Settings ofDefaults() {
            return new Settings(0.008, 0.005, 0.5);
        }

        /** The same at another error. */
        public Settings blameError(double most) {
            return new Settings(most, landRisk, suspectAt);
        }
    }

    /**
     * A search.
     *
     * @param needs the patches, in an order in which each needs only earlier ones
     * @param rates how far the tests can be believed
     * @param plan the best plan, where there is one: for a chance that is known, without errors; else null
     */
    public AdaptiveSearch(Needs needs, Prior prior, List<Rates> rates, Settings settings, @Nullable NestedPlan plan) {
        this.needs = needs;
        this.prior = prior;
        this.settings = settings;
        this.plan = plan;
        for (int patch = 0; patch < needs.patches(); patch++) {
            undecided.add(patch);
        }
        this.beliefs = new Beliefs(rates, hazards(0, 0, Set.of()));
    }

    /** For each undecided patch, as if so many more than now were bad and decided. */
    private double[] hazards(int moreBad, int behind, Set<Integer> without) {
        double[] hazards = new double[undecided.size()];
        int decided = convicted.size() + landed.size();
        for (int place = behind; place < hazards.length; place++) {
            hazards[place] = without.contains(place) ? 0
                    : Math.max(LEAST_HAZARD, Math.min(MOST_HAZARD, prior.hazard(undecided.get(place), place, convicted.size() + moreBad, decided)));
        }
        return hazards;
    }

    @Override
    public Optional<Ask> next() {
        decide();
        Optional<Ask> ask = undecided.isEmpty() ? Optional.empty() : choose();
        ask = ask.isEmpty() ? gate() : ask;
        ask.ifPresent(underWay::add);
        return ask;
    }

    private Optional<Ask> choose() {
        if (!underWay.isEmpty()) {
            return beside();
        }
        Question question = mostTelling();
        if (beliefs.bits(question) >= LEAST_BITS) {
            return Optional.of(ask(question));
        }
        // Nothing is in doubt any more; but what was never green does not land.
        return seenGreen.containsAll(undecided) || gates++ >= MOST_GATES ? Optional.empty()
                : Optional.of(ask(new Question(undecided.size(), beliefs.suspect() >= 0 && undecided.size() > 1)));
    }

    /** Before anything was red, one run of all is worth more than many of some. */
    private Optional<Ask> beside() {
        SortedSet<Integer> lengths = new TreeSet<>();
        underWay.forEach(ask -> question(ask).ifPresent(question -> lengths.add(question.length())));
        int length = red ? beliefs.between(lengths) : 0;
        return length == 0 ? Optional.empty() : Optional.of(ask(new Question(length, false)));
    }

    /** All that is to land has to be green together: parts that were may have been so in different runs. */
    private Optional<Ask> gate() {
        boolean asked = !underWay.isEmpty() || landed.isEmpty() || green.contains(List.copyOf(landed));
        return asked || gates++ >= MOST_GATES ? Optional.empty() : Optional.of(Ask.all(List.copyOf(landed)));
    }

    private Question mostTelling() {
        if (plan == null) {
            return beliefs.mostTelling();
        }
        int tainted = 0;
        double bad = 0;
        while (tainted < undecided.size() && bad < 1 - 1e-6) {
            bad += beliefs.firstBad(tainted++);
        }
        return new Question(plan.choice(undecided.size(), bad < 1 - 1e-6 ? 0 : tainted), false);
    }

    private Ask ask(Question question) {
        List<Integer> patches = new ArrayList<>(landed);
        for (int place = 0; place < question.length(); place++) {
            if (!(question.withoutSuspect() && beliefs.leftOut(place))) {
                patches.add(undecided.get(place));
            }
        }
        return Ask.all(patches.stream().sorted().toList());
    }

    /** What a run asks by what is known now; empty if it tells nothing any more. */
    private Optional<Question> question(Ask ask) {
        Set<Integer> patches = new HashSet<>(ask.patches());
        if (convicted.stream().anyMatch(conviction -> patches.contains(conviction.patch())) || !patches.containsAll(landed)) {
            return Optional.empty();
        }
        List<Integer> places = Stream.iterate(0, place -> place < undecided.size(), place -> place + 1)
                .filter(place -> patches.contains(undecided.get(place))).toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int length = places.get(places.size() - 1) + 1;
        return Stream.of(new Question(length, false), new Question(length, true)).filter(question -> ask(question).equals(ask)).findFirst();
    }

    @Override
    public boolean tells(Ask ask) {
        decide();
        return question(ask).filter(question -> beliefs.bits(question) >= LEAST_BITS).isPresent() || undecided.isEmpty() && ask.patches().equals(List.copyOf(landed));
    }

    @Override
    public void answer(Ask ask, Seen seen) {
        if (!underWay.remove(ask)) {
            throw new IllegalArgumentException("no such run was asked for: " + ask);
        }
        if (seen.colour() == Seen.Colour.NONE) {
            return;
        }
        boolean isRed = seen.colour() == Seen.Colour.RED;
        red |= isRed;
        if (!isRed) {
            green.add(ask.patches());
            seenGreen.addAll(ask.patches());
        }
        question(ask).ifPresent(question -> beliefs.answer(question, isRed));
        decide();
    }

    @Override
    public void drop(Collection<Integer> patches) {
        List<Integer> places = patches.stream().map(undecided::indexOf).filter(place -> place >= 0).toList();
        if (places.contains(beliefs.suspect())) {
            beliefs.clearSuspect();
        }
        take(places);
    }

    private void take(List<Integer> places) {
        if (!places.isEmpty()) {
            beliefs.remove(places);
            places.stream().sorted(Comparator.reverseOrder()).forEach(place -> undecided.remove((int) place));
        }
    }

    private void decide() {
        if (beliefs.suspect() >= 0 && beliefs.firstBad(beliefs.suspect()) < UNSUSPICIOUS) {
            beliefs.clearSuspect();
        }
        land();
        int place = beliefs.likeliest();
        while (!undecided.isEmpty() && beliefs.firstBad(place) >= 1 - settings.blameError()) {
            convict(place);
            land();
            place = beliefs.likeliest();
        }
        if (plan == null && beliefs.suspect() < 0 && !undecided.isEmpty() && beliefs.firstBad(place) >= settings.suspectAt()) {
            suspect(place);
        }
    }

    private void suspect(int place) {
        Set<Integer> dependents = new HashSet<>();
        for (int behind = place + 1; behind < undecided.size(); behind++) {
            if (needs.of(undecided.get(behind)).contains(undecided.get(place))) {
                dependents.add(behind);
            }
        }
        beliefs.suspect(place, dependents, hazards(1, place + 1, dependents));
    }

    private void convict(int place) {
        if (beliefs.suspect() != place) {
            suspect(place);
        }
        List<Integer> dependents = new ArrayList<>();
        for (int behind = place + 1; behind < undecided.size(); behind++) {
            if (beliefs.leftOut(behind)) {
                dependents.add(behind - 1);
            }
        }
        convicted.add(new Conviction(undecided.get(place), beliefs.firstBad(place), Set.of()));
        beliefs.convict(place);
        undecided.remove(place);
        take(dependents);
    }

    /** Lets the longest beginning land, but for the suspect, that was green and is proven to be good; and all, when the risk that is left is small enough. */
    private void land() {
        int length = 0;
        while (length < undecided.size() && (beliefs.leftOut(length) || seenGreen.contains(undecided.get(length)))) {
            length++;
        }
        boolean all = length == undecided.size() && beliefs.suspect() < 0;
        while (length > 0 && beliefs.badAmong(beginning(length)) > (all ? settings.landRisk() : PROVEN)) {
            length--;
            all = false;
        }
        List<Integer> places = Stream.iterate(0, place -> place + 1).limit(length).filter(place -> !beliefs.leftOut(place)).toList();
        if (!places.isEmpty()) {
            landedRisk += beliefs.badAmong(beginning(length));
            places.forEach(place -> landed.add(undecided.get(place)));
            take(places);
        }
    }

    private Question beginning(int length) {
        return new Question(length, beliefs.suspect() >= 0 && beliefs.suspect() < length);
    }

    @Override
    public Findings findings() {
        List<Integer> together = green.stream().filter(this::mayLand).max(Comparator.comparingInt(List::size)).orElse(List.of());
        List<Integer> open = Stream.concat(undecided.stream(), landed.stream()).filter(patch -> !together.contains(patch)).sorted().toList();
        return new Findings(convicted, together, open, Set.of());
    }

    private boolean mayLand(List<Integer> patches) {
        double risk = landedRisk;
        for (int patch : patches) {
            int place = undecided.indexOf(patch);
            if (place < 0 && !landed.contains(patch)) {
                return false;
            }
            risk += place < 0 ? 0 : beliefs.firstBad(place);
        }
        return risk <= settings.landRisk();
    }
}
