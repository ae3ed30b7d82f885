package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedPlanTest {

    @ParameterizedTest
    @CsvSource({"0.005, 2, 1.014975", "0.005, 256, 11.83197386351393", "0.01, 64, 5.344541165153512", "0.01, 256, 20.924667235953933",
        "0.02, 16, 2.547208258488066", "0.05, 8, 2.4993378125", "0.05, 256, 73.8989005398737", "0.1, 3, 1.661", "0.1, 256, 121.0871338201041",
        "0.38, 4, 3.99056464", "0.4, 16, 16", "0.5, 5, 5"})
    void expectsAsManyRunsAsTheBestNestedPlanTakes(double chance, int patches, double runs) {
        assertThat(new NestedPlan(patches, chance).runs(patches)).isCloseTo(runs, within(1e-10));
    }
}
