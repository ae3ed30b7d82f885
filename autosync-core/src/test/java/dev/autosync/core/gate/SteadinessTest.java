package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    @Test
    void asksForTheGreenRunsOfTheFormula() {
        assertThat(Steadiness.greens(0.635, 0.5)).as("7.43").isEqualTo(8);
        assertThat(Steadiness.greens(0.635, 0.8)).as("3.20").isEqualTo(4);
        assertThat(Steadiness.greens(0.05, 0.5)).as("2.38").isEqualTo(3);
        assertThat(Steadiness.greens(0.02, 0.5)).as("1.01").isEqualTo(2);
        assertThat(Steadiness.greens(0.0198, 0.5)).as("1.00").isEqualTo(1);
    }

    @Test
    void asksForOneWhereThereIsHardlySuchABugAndNeverForMoreThanEight() {
        assertThat(Steadiness.greens(0, 0.5)).isEqualTo(1);
        assertThat(Steadiness.greens(Experience.none().intermittent(10_000), 0.5)).as("the largest batch, and no history").isEqualTo(1);
        assertThat(Steadiness.greens(0.99, 0.5)).isEqualTo(8);
        assertThat(Steadiness.greens(1, 0.5)).isEqualTo(8);
    }

    /** By Bayes' rule: so many green runs bring the chance below a hundredth, and one less does not. */
    @Property
    void asksForAsManyAsBringTheChanceBelowAHundredth(@ForAll @DoubleRange(min = 0.01, max = 0.6) double chance,
            @ForAll @DoubleRange(min = 0.5, max = 0.9) double shows) {
        int greens = Steadiness.greens(chance, shows);
        assertThat(after(greens, chance, shows)).isLessThanOrEqualTo(0.01 + 1e-12);
        assertThat(greens == 1 || after(greens - 1, chance, shows) > 0.01 - 1e-12).isTrue();
    }

    private static double after(int greens, double chance, double shows) {
        double hidden = chance * Math.pow(1 - shows, greens);
        return hidden / (hidden + 1 - chance);
    }
}
