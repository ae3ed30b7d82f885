package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where no pairs are looked at, the values are those of the formula: 0.2 / n for each patch, the chance of a false failure for none. */
class BreakersTest {
    private static final double E = 0.01;

    private static Trials trials(int patches) {
        return new Trials(patches);
    }

    private static void beginning(Trials trials, int length, boolean fails) {
        BitSet patches = new BitSet();
        patches.set(0, length);
        trials.add(new Trials.Trial(patches, Set.of(), fails ? Seen.red(Set.of("t"), Set.of()) : Seen.green()));
    }

    private static Breakers of(Trials trials, int patches, int pairs, Integer... suspects) {
        double[] risks = new double[patches];
        Arrays.fill(risks, 1.0 / patches);
        BitSet known = new BitSet();
        Arrays.asList(suspects).forEach(known::set);
        return new Breakers(new Breakers.Prior(risks, 0.2, 0.1, E, 0, pairs), trials.of("t", false), known, trials);
    }

    private static void assertBreaks(Breakers symptom, double none, double... patches) {
        assertThat(symptom.none()).isCloseTo(none, within(1e-12));
        for (int patch = 0; patch < patches.length; patch++) {
            assertThat(symptom.breaks(patch)).as("patch " + patch).isCloseTo(patches[patch], within(1e-12));
        }
    }

    @Test
    void suspectsEachPatchAlikeAfterOneFailure() {
        Trials trials = trials(4);
        beginning(trials, 4, true);
        assertBreaks(of(trials, 4, 0), 0.047619047619047616, 0.23809523809523808, 0.23809523809523808, 0.23809523809523808, 0.23809523809523808);
    }

    @Test
    void clearsThePatchesWithWhichTheTestPasses() {
        Trials trials = trials(4);
        beginning(trials, 4, true);
        beginning(trials, 2, false);
        Breakers symptom = of(trials, 4, 0);
        assertBreaks(symptom, 0.0909090908256115, symptom.breaks(0), symptom.breaks(0), 0.45454545412805747, 0.45454545412805747);
        assertThat(symptom.breaks(0)).isCloseTo(4.591e-10, within(1e-13));
    }

    @Test
    void isSureOfThePatchWithWhichItBegins() {
        Trials trials = trials(4);
        beginning(trials, 4, true);
        beginning(trials, 2, false);
        beginning(trials, 3, true);
        Breakers symptom = of(trials, 4, 0);
        assertThat(symptom.none()).isCloseTo(0.0019762845810350847, within(1e-12));
        assertThat(symptom.breaks(2)).isCloseTo(0.9881422905175424, within(1e-12));
        assertThat(symptom.breaks(3)).isCloseTo(0.009881422905175425, within(1e-12));
        assertThat(symptom.likeliest()).isEqualTo(2);
    }

    /** One breaker 0.1 each, two 2 x 0.1 x 0.2 / 4, none 0.01. */
    @Test
    void thinksOfTwoBreakersToo() {
        Trials trials = trials(2);
        beginning(trials, 2, true);
        assertBreaks(of(trials, 2, 1), 0.01 / 0.22, 0.11 / 0.22, 0.11 / 0.22);
    }

    /** A patch that is known to be bad breaks a test by a chance of 0.1; the other one is bad and breaks it by one of 0.2 / 2. */
    @Test
    void mayBeExplainedByAPatchThatIsKnownToBeBad() {
        Trials trials = trials(2);
        beginning(trials, 2, true);
        assertBreaks(of(trials, 2, 1, 0), 0.5, 0, 0.5);
    }

    @Test
    void doesNotTakeOneForThreeBreakersWhereSetsWithoutACommonPatchFail() {
        Trials trials = trials(6);
        beginning(trials, 6, true);
        for (int third = 0; third < 3; third++) {
            BitSet pair = new BitSet();
            pair.set(2 * third, 2 * third + 2);
            trials.add(new Trials.Trial(pair, Set.of(), Seen.red(Set.of("t"), Set.of())));
        }
        Breakers symptom = of(trials, 6, 100);
        assertThat(symptom.breaks(0)).isBetween(0.4, 0.6);
        assertThat(symptom.breaks(1)).isBetween(0.4, 0.6);
        assertThat(symptom.none()).isLessThan(1e-3);
    }

    @Test
    void isANumberWhateverWasSeen() {
        Trials trials = trials(3);
        for (int time = 0; time < 100; time++) {
            beginning(trials, 3, true);
            beginning(trials, 3, false);
        }
        Breakers symptom = of(trials, 3, 100);
        assertThat(symptom.none() + symptom.breaks(0) + symptom.breaks(1) + symptom.breaks(2)).isCloseTo(1, within(1e-9));
    }
}
