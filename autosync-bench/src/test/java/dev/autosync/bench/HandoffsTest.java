package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.bench.Handoffs.Held;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoffsTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aHandOffLastsFromAReleaseToTheNextAcquisitionWhoeverReportsFirst() {
        Handoffs handoffs = Handoffs.of(List.of(
                new Held(2, 30 * MILLI, 40 * MILLI),
                new Held(1, 0, 10 * MILLI),
                new Held(1, 45 * MILLI, 46 * MILLI)), 0, 100 * MILLI);

        assertThat(handoffs.times().size()).isEqualTo(2);
        assertThat(handoffs.times().min()).isEqualTo(5);
        assertThat(handoffs.times().max()).isEqualTo(20);
        assertThat(handoffs.toItself()).isZero();
    }

    @Test
    void oneToTheSameProcessCountsToo() {
        Handoffs handoffs = Handoffs.of(List.of(new Held(1, 0, MILLI), new Held(1, 3 * MILLI, 4 * MILLI)), 0, 100 * MILLI);

        assertThat(handoffs.times().max()).isEqualTo(2);
        assertThat(handoffs.toItself()).isEqualTo(1);
    }

    @Test
    void countsOnlyReleasesWithinTheTimeOfMeasuring() {
        List<Held> all = List.of(new Held(1, 0, 9), new Held(2, 10, 19), new Held(3, 21, 29), new Held(4, 33, 39));

        assertThat(Handoffs.of(all, 10, 20).times().size()).isEqualTo(1);
        assertThat(Handoffs.of(all, 10, 20).times().max()).isEqualTo(2 / 1e6);
        assertThat(Handoffs.of(all, 0, 20).times().size()).isEqualTo(2);
    }

    @Test
    void aClockThatWrapsAroundChangesNothing() {
        long start = Long.MAX_VALUE - 5;
        Handoffs handoffs = Handoffs.of(List.of(new Held(2, start + 20, start + 30), new Held(1, start, start + 10)), start, start + 100);

        assertThat(handoffs.times().size()).isEqualTo(1);
        assertThat(handoffs.times().max()).isEqualTo(10 / 1e6);
    }

    @Test
    void twoThatHadTheLockAtTheSameTimeAreAnError() {
        List<Held> all = List.of(new Held(1, 0, 10), new Held(2, 9, 20));

        assertThatThrownBy(() -> Handoffs.of(all, 0, 100)).isInstanceOf(IllegalStateException.class)
                .hasMessage("process 2 acquired the lock 1 ns before process 1 released it");
    }

    @Test
    void soIsOneThatHadItInTheMiddleOfAnother() {
        List<Held> all = List.of(new Held(1, 0, 100), new Held(2, 10, 20), new Held(3, 110, 120));

        assertThatThrownBy(() -> Handoffs.of(all, 0, 1_000)).isInstanceOf(IllegalStateException.class);
    }
}
