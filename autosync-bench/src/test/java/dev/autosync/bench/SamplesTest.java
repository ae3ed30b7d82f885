package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        Samples oneToHundred = shuffled(IntStream.rangeClosed(1, 100).asDoubleStream());

        assertThat(oneToHundred.percentile(50)).isEqualTo(50);
        assertThat(oneToHundred.percentile(99)).isEqualTo(99);
        assertThat(oneToHundred.percentile(99.1)).isEqualTo(100);
        assertThat(oneToHundred.percentile(100)).isEqualTo(100);
        assertThat(oneToHundred.percentile(0.1)).isEqualTo(1);
    }

    @Test
    void theMedianLiesBetweenTheTwoInTheMiddle() {
        assertThat(shuffled(DoubleStream.of(1, 2, 3)).median()).isEqualTo(2);
        assertThat(shuffled(DoubleStream.of(1, 2, 3, 10)).median()).isEqualTo(2.5);
    }

    @Test
    void timesAreKeptInMilliseconds() {
        Samples samples = new Samples();
        samples.add(Duration.ofNanos(1_500_000));
        samples.add(Duration.ofNanos(500_000));

        assertThat(samples.min()).isEqualTo(0.5);
        assertThat(samples.max()).isEqualTo(1.5);
        assertThat(samples.mean()).isEqualTo(1);
        assertThat(samples.size()).isEqualTo(2);
    }

    @Test
    void refusesAShareThatThereIsNot() {
        Samples samples = shuffled(DoubleStream.of(1));

        assertThatThrownBy(() -> samples.percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> samples.percentile(100.1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Samples shuffled(DoubleStream values) {
        List<Double> list = new ArrayList<>(values.boxed().toList());
        Collections.shuffle(list, new Random(1));
        Samples samples = new Samples();
        list.forEach(samples::add);
        return samples;
    }
}
