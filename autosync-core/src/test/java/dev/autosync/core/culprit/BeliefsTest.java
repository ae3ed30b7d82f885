package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values are computed exactly elsewhere, from the formulas alone. */
class BeliefsTest {
    private static final Offset<Double> EXACT = within(1e-12);

    private static Beliefs beliefs(int patches, double chance, double falseRed, double shown) {
        double[] hazards = new double[patches];
        Arrays.fill(hazards, chance);
        return new Beliefs(Rates.known(falseRed, shown), hazards);
    }

    private static void assertBelieved(Beliefs beliefs, double... expected) {
        for (int place = 0; place < expected.length; place++) {
            assertThat(beliefs.firstBad(place)).as("place %d", place).isCloseTo(expected[place], EXACT);
        }
    }

    private static double bits(Beliefs beliefs, int length) {
        return beliefs.bits(new Question(length, false));
    }

    @Test
    void believesThePriorBeforeAnyRun() {
        Beliefs beliefs = beliefs(4, 0.1, 0.05, 1);
        assertBelieved(beliefs, 0.1, 0.09, 0.081, 0.0729, 0.6561);
        assertThat(bits(beliefs, 1)).isCloseTo(0.3394277838494235, EXACT);
        assertThat(bits(beliefs, 2)).isCloseTo(0.5469003628146423, EXACT);
        assertThat(bits(beliefs, 3)).isCloseTo(0.6814245778042661, EXACT);
        assertThat(bits(beliefs, 4)).isCloseTo(0.7677765440052756, EXACT);
        assertThat(beliefs.mostTelling()).isEqualTo(new Question(4, false));
    }

    @Test
    void learnsFromRedRunsAndFromGreenOnes() {
        Beliefs beliefs = beliefs(4, 0.1, 0.05, 1);
        beliefs.answer(new Question(4, false), true);
        assertBelieved(beliefs, 0.2654597098525371, 0.2389137388672834, 0.21502236498055508, 0.19352012848249955, 0.0870840578171248);
        assertThat(bits(beliefs, 2)).isCloseTo(0.8556000877568182, EXACT);
        assertThat(beliefs.mostTelling()).isEqualTo(new Question(2, false));

        beliefs.answer(new Question(2, false), true);
        assertBelieved(beliefs, 0.5016674170775114, 0.45150067536976024, 0.020317530391639214, 0.018285777352475295, 0.00822859980861388);
        assertThat(beliefs.mostTelling()).isEqualTo(new Question(1, false));
    }

    @Test
    void convictsAfterRedsThatOnlyChanceWouldExplainOtherwise() {
        Beliefs beliefs = beliefs(4, 0.1, 0.05, 1);
        beliefs.answer(new Question(4, false), true);
        beliefs.answer(new Question(2, false), false);
        assertBelieved(beliefs, 0, 0, 0.4338394793926248, 0.39045553145336226, 0.17570498915401306);
        beliefs.remove(List.of(0, 1));
        double[] convinced = {0.9387467730579676, 0.9967481092934302, 0.9998369016054256};
        for (double expected : convinced) {
            beliefs.answer(new Question(1, false), true);
            assertThat(beliefs.firstBad(0)).isCloseTo(expected, EXACT);
        }
        beliefs.suspect(0, Set.of(), new double[] {0, 0.1});
        beliefs.convict(0);
        assertBelieved(beliefs, 0.10009617181197318, 0.8999038281880268);
    }

    @Test
    void doubtsGreenRunsWhereBadPatchesDoNotAlwaysShow() {
        Beliefs beliefs = beliefs(4, 0.1, 0.02, 0.5);
        double[] none = {0.7923434575206811, 0.884142438432773, 0.9385091279703899, 0.968279297145229, 0.9838840438443983, 0.9918765634485512};
        for (double expected : none) {
            beliefs.answer(new Question(4, false), false);
            assertThat(beliefs.firstBad(4)).isCloseTo(expected, EXACT);
        }
        Beliefs red = beliefs(4, 0.1, 0.02, 0.5);
        red.answer(new Question(4, false), true);
        assertThat(red.firstBad(4)).isCloseTo(0.06960867005108456, EXACT);
        assertThat(red.firstBad(0)).isCloseTo(0.27054124162515714, EXACT);
    }

    @Test
    void learnsTheSameInWhateverOrderAnswersCome() {
        Question[] questions = {new Question(6, false), new Question(3, false), new Question(5, true), new Question(2, false)};
        boolean[] red = {true, true, false, true};
        double[] forwards = believed(questions, red, IntStream.of(0, 1, 2, 3));
        double[] backwards = believed(questions, red, IntStream.of(3, 2, 1, 0));
        for (int place = 0; place < forwards.length; place++) {
            assertThat(backwards[place]).isCloseTo(forwards[place], EXACT);
        }
    }

    private static double[] believed(Question[] questions, boolean[] red, IntStream order) {
        Beliefs beliefs = beliefs(6, 0.2, 0.05, 0.9);
        beliefs.suspect(1, Set.of(), new double[] {0, 0, 0.2, 0.2, 0.2, 0.2});
        order.forEach(i -> beliefs.answer(questions[i], red[i]));
        return IntStream.rangeClosed(0, 6).mapToDouble(beliefs::firstBad).toArray();
    }

    @Test
    void agreesWithEverySetOfBadPatchesCountedOut() {
        int patches = 6;
        double chance = 0.15;
        double falseRed = 0.07;
        Question[] questions = {new Question(6, false), new Question(4, true), new Question(2, false), new Question(6, true)};
        boolean[] red = {true, true, true, false};
        Beliefs beliefs = beliefs(patches, chance, falseRed, 1);
        beliefs.suspect(1, Set.of(), new double[] {0, 0, chance, chance, chance, chance});
        double[] counted = new double[patches + 1];
        for (int set = 0; set < 1 << patches; set++) {
            double weight = Math.pow(chance, Integer.bitCount(set)) * Math.pow(1 - chance, patches - Integer.bitCount(set));
            for (int i = 0; i < questions.length; i++) {
                int asked = (1 << questions[i].length()) - 1 & (questions[i].withoutSuspect() ? ~2 : ~0);
                double isRed = (set & asked) != 0 ? 1 : falseRed;
                weight *= red[i] ? isRed : 1 - isRed;
            }
            counted[set == 0 ? patches : Integer.numberOfTrailingZeros(set)] += weight;
        }
        double all = Arrays.stream(counted).sum();
        for (int i = 0; i < questions.length; i++) {
            beliefs.answer(questions[i], red[i]);
        }
        for (int place = 0; place <= patches; place++) {
            assertThat(beliefs.firstBad(place)).as("place %d", place).isCloseTo(counted[place] / all, EXACT);
        }
    }

    @Test
    void spreadsAnUnknownRateOverTheBatch() {
        double[] hazards = IntStream.range(0, 4).mapToDouble(place -> Prior.beta(0.5, 4).hazard(place, place, 0, 0)).toArray();
        assertBelieved(new Beliefs(Rates.known(0.05, 1), hazards), 0.1111111111111111, 0.0808080808080808, 0.06216006216006215,
                0.04972804972804972, 0.6961926961926962);
        assertThat(Prior.beta(0.5, 4).hazard(0, 0, 1, 6)).isCloseTo(0.14285714285714285, EXACT);
        assertThat(Prior.beta(0.5, 4).hazard(0, 1, 1, 6)).isCloseTo(0.13043478260869565, EXACT);

        double[] many = IntStream.range(0, 64).mapToDouble(place -> Prior.beta(0.5, 64).hazard(place, place, 0, 0)).toArray();
        Beliefs exact = new Beliefs(Rates.known(0, 1), many);
        assertThat(exact.firstBad(64)).isCloseTo(0.7064165965654388, EXACT);
        assertThat(exact.mostTelling()).isEqualTo(new Question(64, false));
        exact.answer(new Question(64, false), true);
        assertThat(exact.mostTelling()).isEqualTo(new Question(24, false));
        Beliefs flaky = new Beliefs(Rates.known(0.05, 1), many);
        flaky.answer(new Question(64, false), true);
        assertThat(flaky.mostTelling()).isEqualTo(new Question(30, false));
        assertThat(bits(flaky, 30)).isCloseTo(0.8570657961716603, EXACT);
    }
}
