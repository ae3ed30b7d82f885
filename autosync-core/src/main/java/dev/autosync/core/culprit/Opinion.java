package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What is believed of single tests after some runs. Each belief is worked out once. */
final class Opinion {
    private static final double LEAST_FALSE_FAILURE = 1e-4;
    private static final double MOST_FALSE_FAILURE = 0.5;

    /** How likely, beside a patch that breaks it, a test is one that fails as it likes. */
    private static final double UNSTEADY = 1e-3;

    /** Explanations by two breakers that are looked at for each test: all of 64 patches. With more there is one breaker, until it cannot be. */
    private static final int MOST_PAIRS = 2_016;

    /** A bad patch breaks about so many tests; where it is not known how many there are, a third of them. */
    private static final double BREAKS = 2;
    private static final double BREAKS_OF_UNKNOWN = 2 / 3.0;

    private final SymptomSearch.Settings settings;
    private final Trials trials;
    private final double breaks;
    private final double broken;
    private final double[] shares;
    private final Map<Key, Breakers> known = new HashMap<>();

    /** What tests must have in common to be believed the same of. */
    record Key(Trials.Evidence evidence, double falseFailure, BitSet suspects) {}

    Opinion(SymptomSearch.Settings settings, Trials trials) {
        this.settings = settings;
        this.trials = trials;
        double all = 0;
        double noneBad = 1;
        for (double risk : settings.risks()) {
            all += risk;
            noneBad *= 1 - risk;
        }
        double sum = all;
        shares = settings.risks().stream().mapToDouble(risk -> risk / sum).toArray();
        int tests = trials.tests();
        breaks = tests == 0 ? BREAKS_OF_UNKNOWN : Math.min(BREAKS_OF_UNKNOWN, BREAKS / tests);
        broken = (1 - noneBad) * breaks;
    }

    double falseFailure(String test) {
        double chance = settings.falseFailure().applyAsDouble(test);
        // Whatever is no chance at all counts as the least.
        return chance > LEAST_FALSE_FAILURE ? Math.min(MOST_FALSE_FAILURE, chance) : LEAST_FALSE_FAILURE;
    }

    /** The chance that a bad patch breaks a test. */
    double breaks() {
        return breaks;
    }

    /** The chance that a test is broken by any patch. */
    double broken() {
        return broken;
    }

    /** The chance that a patch is bad, before any run. */
    double chance(int patch) {
        return settings.risks().get(patch);
    }

    /** From which probability on something is certain. */
    double certain() {
        return 1 - settings.blameError();
    }

    Key key(String test) {
        return new Key(trials.of(test, false), falseFailure(test), new BitSet());
    }

    /** What is believed of several tests that have always failed together: that all do by chance is as likely as that two do. */
    Key ofSeveral(Key key) {
        return new Key(key.evidence(), Math.max(LEAST_FALSE_FAILURE, key.falseFailure() * key.falseFailure()), key.suspects());
    }

    Breakers symptom(Trials.Evidence evidence, double falseFailure) {
        return symptom(new Key(evidence, falseFailure, new BitSet()));
    }

    Breakers symptom(Key key) {
        return known.computeIfAbsent(key, k -> new Breakers(new Breakers.Prior(shares, broken, breaks, k.falseFailure(), UNSTEADY * broken, MOST_PAIRS), k.evidence(), k.suspects(), trials));
    }
}
