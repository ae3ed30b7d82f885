package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the patches of a batch one run at a time: asks for the run that tells most, convicts at a stated probability, lands only what was green.
 *
 * <p>Deterministic: the same answers lead to the same questions, so that it can be played again after a crash. Not safe to share between threads.
 */
public final class AdaptiveSearch {
    /** A question that tells less is not worth a run. */
    private static final double LEAST_BITS = 1e-3;

    /** So often a run is asked for that only is to be green. */
    private static final int MOST_GATES = 5;

    /** Below this a suspect is one no more. */
    private static final double UNSUSPICIOUS = 0.02;

    private final Prior prior;
    private final Settings settings;
    private final Beliefs beliefs;
    private final @Nullable NestedPlan plan;
    private final List<Integer> undecided = new ArrayList<>();
    private final List<Boolean> seenGreen = new ArrayList<>();
    private final List<Conviction> convicted = new ArrayList<>();
    private final List<Integer> landed = new ArrayList<>();
    private @Nullable Question asked;
    private int gates;
    private double landedRisk;

    /**
     * When something is decided.
     *
     * @param blameError the most that a conviction may be wrong by, for example 0.01
     * @param landRisk the most that there may be a bad patch in all that lands, where bad patches do not always show
     * @param suspectAt from which probability on a patch is left out of runs while others are looked at
     */
    public record Settings(double blameError, double landRisk, double suspectAt) {
        /** About a hundredth for both risks, and suspects from a half on. */
        public static Settings ofDefaults() {
            return new Settings(0.008, 0.01, 0.5);
        }
    }

    /**
     * A patch that was found bad.
     *
     * @param patch its place in the batch, from 0
     * @param probability that it is bad, by all runs so far
     */
    public record Conviction(int patch, double probability) {}

    /**
     * Which patches to run the tests with, on top of those that have landed.
     *
     * @param patches their places in the batch, in order
     */
    public record Run(List<Integer> patches) {
        /** Copies the list. */
        public Run {
            patches = List.copyOf(patches);
        }
    }

    /**
     * A search.
     *
     * @param patches how many there are, in an order in which each needs only earlier ones
     * @param rates how far the tests can be believed
     * @param plan the best plan, where there is one: for a chance that is known, without errors; else null
     */
    public AdaptiveSearch(int patches, Prior prior, List<Rates> rates, Settings settings, @Nullable NestedPlan plan) {
        this.prior = prior;
        this.settings = settings;
        this.plan = plan;
        for (int patch = 0; patch < patches; patch++) {
            undecided.add(patch);
            seenGreen.add(false);
        }
        this.beliefs = new Beliefs(rates, hazards(0, 0));
    }

    /** For each undecided patch, as if so many more than now were bad and decided. */
    private double[] hazards(int moreBad, int behind) {
        double[] hazards = new double[undecided.size()];
        int decided = convicted.size() + landed.size();
        for (int place = behind; place < hazards.length; place++) {
            hazards[place] = prior.hazard(undecided.get(place), place, convicted.size() + moreBad, decided);
        }
        return hazards;
    }

    /** The next run; empty when everything is decided, or when no run would tell enough. */
    public Optional<Run> next() {
        decide();
        if (undecided.isEmpty()) {
            return Optional.empty();
        }
        Question question = choose();
        if (beliefs.bits(question) < LEAST_BITS) {
            // Nothing is in doubt any more; but what was never green does not land.
            question = new Question(undecided.size(), beliefs.suspect() >= 0 && undecided.size() > 1);
            if (!seenGreen.contains(false) || gates++ == MOST_GATES) {
                return Optional.empty();
            }
        }
        asked = question;
        List<Integer> patches = new ArrayList<>();
        for (int place = 0; place < question.length(); place++) {
            if (!question.withoutSuspect() || place != beliefs.suspect()) {
                patches.add(undecided.get(place));
            }
        }
        return Optional.of(new Run(patches));
    }

    private Question choose() {
        if (plan != null) {
            int tainted = 0;
            double bad = 0;
            while (tainted < undecided.size() && bad < 1 - 1e-6) {
                bad += beliefs.firstBad(tainted++);
            }
            return new Question(plan.choice(undecided.size(), bad < 1 - 1e-6 ? 0 : tainted), false);
        }
        return beliefs.mostTelling();
    }

    /** What the run that was asked for has said. */
    public void answer(boolean red) {
        Question question = asked;
        if (question == null) {
            throw new IllegalStateException("no run was asked for");
        }
        asked = null;
        beliefs.answer(question, red);
        for (int place = 0; !red && place < question.length(); place++) {
            if (!question.withoutSuspect() || place != beliefs.suspect()) {
                seenGreen.set(place, true);
            }
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
            beliefs.suspect(place, hazards(1, place + 1));
        }
    }

    private void convict(int place) {
        if (beliefs.suspect() != place) {
            beliefs.suspect(place, hazards(1, place + 1));
        }
        convicted.add(new Conviction(undecided.get(place), beliefs.firstBad(place)));
        beliefs.convict(place);
        undecided.remove(place);
        seenGreen.remove(place);
    }

    /** Lands the longest beginning, but for the suspect, that was green and is hardly at risk. */
    private void land() {
        int suspect = beliefs.suspect();
        int green = 0;
        while (green < undecided.size() && (green == suspect || seenGreen.get(green))) {
            green++;
        }
        IntFunction<Question> beginning = size -> new Question(size, suspect >= 0 && suspect < size);
        // The risks of all that lands add up.
        while (green > 0 && landedRisk + beliefs.badAmong(beginning.apply(green)) > settings.landRisk()) {
            green--;
        }
        if (green == 0 || green == 1 && suspect == 0) {
            return;
        }
        landedRisk += beliefs.badAmong(beginning.apply(green));
        for (int place = green - 1; place >= 0; place--) {
            if (place != suspect) {
                landed.add(undecided.remove(place));
                seenGreen.remove(place);
            }
        }
        beliefs.land(green);
    }

    /** The patches that were found bad, in the order in which they were. */
    public List<Conviction> convicted() {
        return List.copyOf(convicted);
    }

    /** The places of the patches that may land: each was in a green run with all that landed before it. */
    public List<Integer> landed() {
        return landed.stream().sorted().toList();
    }

    /** The places of the patches about which nothing is decided. */
    public List<Integer> undecided() {
        return List.copyOf(undecided);
    }
}
