package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.ImpactWeights;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ImpactScorePropertyTest {
    private static final double ROUNDING = 1e-9;

    @Property(tries = 300)
    void pointsNeverFallWithWhatSpeaksForAChangeAndNeverRiseWithWhatSpeaksAgainst(@ForAll @DoubleRange(max = 1e6) double impact,
            @ForAll @DoubleRange(max = 1e6) double effort, @ForAll @DoubleRange(max = 1e6) double risk,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double confidence) {
        ImpactWeights weights = ImpactWeights.of(impact, effort, risk, confidence);
        for (int score = 0; score < 625; score++) {
            int i = 1 + score % 5;
            int e = 1 + score / 5 % 5;
            int r = 1 + score / 25 % 5;
            int c = 1 + score / 125;
            double points = ImpactScore.of(i, e, r, c).points(weights);
            assertThat(points).isBetween(-ROUNDING, 100 + ROUNDING);
            if (i < 5) {
                assertThat(ImpactScore.of(i + 1, e, r, c).points(weights)).isGreaterThanOrEqualTo(points - ROUNDING);
            }
            if (e < 5) {
                assertThat(ImpactScore.of(i, e + 1, r, c).points(weights)).isLessThanOrEqualTo(points + ROUNDING);
            }
            if (r < 5) {
                assertThat(ImpactScore.of(i, e, r + 1, c).points(weights)).isLessThanOrEqualTo(points + ROUNDING);
            }
            if (c < 5) {
                assertThat(ImpactScore.of(i, e, r, c + 1).points(weights)).isGreaterThanOrEqualTo(points - ROUNDING);
            }
        }
    }

    @Example
    void pointsGoFromNothingToAHundred() {
        assertThat(ImpactScore.of(1, 5, 5, 1).points(ImpactWeights.ofDefaults())).isZero();
        assertThat(ImpactScore.of(5, 1, 1, 5).points(ImpactWeights.ofDefaults())).isEqualTo(100);
        assertThat(ImpactScore.of(5, 3, 2, 5).points(ImpactWeights.ofDefaults())).isCloseTo(86.36, within(0.1));
    }
}
