package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.trend.Vectors.Vector;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics against values that others have computed. */
class TrendVectorsTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void areComplete() throws IOException {
        assertThat(mannKendall()).extracting(Vector::name).containsExactly("arbitrary360_with_nulls", "shampoo36", "air_passengers144", "births365",
                "constant", "ramp360");
        assertThat(theilSen()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("mannKendall")
    void testsAgainstTrendAsPublished(Vector vector) {
        MannKendall test = MannKendall.of(vector.values());

        assertThat((double) test.s()).isEqualTo(vector.expected("s"));
        assertThat(test.variance()).isCloseTo(vector.expected("varS"), within(TOLERANCE * Math.max(1, vector.expected("varS"))));
        assertThat(test.z()).isCloseTo(vector.expected("z"), within(TOLERANCE));
        assertThat(test.pValue()).isCloseTo(vector.expected("p"), within(TOLERANCE * vector.expected("p")));
        assertThat(test.tau()).isCloseTo(vector.expected("tau"), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("mannKendall")
    void estimatesTheSlopeOnTheOriginalPositions(Vector vector) {
        double slope = TheilSen.of(vector.positions(), vector.values(), 0).slope();

        assertThat(slope).isCloseTo(vector.expects("slope") ? vector.expected("slope") : 0, within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("theilSen")
    void givesTheIntervalOfTheSlope(Vector vector) {
        TheilSen line = TheilSen.of(vector.positions(), vector.values(), MannKendall.of(vector.values()).variance());

        assertThat(line.slope()).isCloseTo(vector.expected("slope"), within(TOLERANCE));
        assertThat(line.low()).isCloseTo(vector.expected("low95"), within(TOLERANCE));
        assertThat(line.high()).isCloseTo(vector.expected("high95"), within(TOLERANCE));
    }

    @Test
    void keepsTheDigitsOfATailDownTo1em300() throws IOException {
        for (JsonNode pair : Vectors.section("erfc").elements()) {
            double x = Double.parseDouble(pair.elements().get(0).raw());
            assertThat(Normal.erfc(x)).as("erfc(%s)", x)
                    .isCloseTo(Double.parseDouble(pair.elements().get(1).raw()), withinPercentage(1e-10));
        }
    }

    @Test
    void doesNotLoseAStrongTrendByCancellation() {
        assertThat(Normal.twoSided(14.381610025544802)).isGreaterThan(0).isLessThan(1e-45);
        assertThat(Normal.twoSided(-14.381610025544802)).isEqualTo(Normal.twoSided(14.381610025544802));
        assertThat(Normal.twoSided(0)).isEqualTo(1);
        assertThat(Normal.twoSided(1000)).isZero();
    }

    static List<Vector> mannKendall() throws IOException {
        return Vectors.read("mannKendall");
    }

    static List<Vector> theilSen() throws IOException {
        return Vectors.read("theilSen");
    }
}
