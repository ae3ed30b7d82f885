package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntropyTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "0.01, 0.959772359748101", "0.02, 0.9296405143764213", "0.05, 0.8571250116347241", "0.1, 0.7628482520105094",
        "0.2, 0.6182313659549211"})
    void knowsHowMuchARunCanTell(double falseRed, double bits) {
        assertThat(Entropy.capacity(falseRed)).isCloseTo(bits, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0.0454146923337941", "0.01, 0.08079313589591118", "0.05, 0.28639695711595625", "0.1, 0.4689955935892812", "0, 0", "1, 0"})
    void knowsHowMuchIsInDoubt(double chance, double bits) {
        assertThat(Entropy.of(chance)).isCloseTo(bits, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"16, 1, 4", "16, 4, 10.829722735086058", "64, 2, 10.977279923499916", "256, 3, 21.398075622909868", "256, 0, 0"})
    void countsTheSetsThatMayBeBad(int patches, int bad, double bits) {
        assertThat(Entropy.ofChoice(patches, bad)).isCloseTo(bits, within(1e-12));
    }
}
