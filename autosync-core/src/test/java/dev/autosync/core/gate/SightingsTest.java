package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.Patch;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static Sightings sightings(Experience experience, int quiet) {
        return new Sightings(experience, List.of(), quiet);
    }

    /** Tests that fail by chance in 10 % of good runs, and runs that are red in 20 %. */
    private static final class Flaky implements Experience {
        @Override
        public OptionalDouble risk(Patch patch, Collection<String> files) {
            return OptionalDouble.empty();
        }

        @Override
        public double falseFailure(String test) {
            return 0.1;
        }

        @Override
        public double falseRed() {
            return 0.2;
        }

        @Override
        public double intermittent(int patches) {
            return 0;
        }
    }

    @Test
    void asksForWhatTheHistoryWantsAsLongAsNothingFails() {
        Sightings seen = sightings(Experience.none(), 1);
        assertThat(seen.enough(3)).isEqualTo(3);
        seen.run(List.of());
        assertThat(seen.quietRuns()).isEqualTo(2);
        assertThat(seen.noChance()).isEmpty();
    }

    @Test
    void asksForSixQuietRunsForEachTimeThatTheSameHasFailed() {
        Sightings seen = sightings(Experience.none(), 0);
        seen.run(List.of("a", "b"));
        assertThat(seen.enough(3)).isEqualTo(6);
        assertThat(seen.enough(8)).isEqualTo(8);
        seen.run(List.of("c"));
        assertThat(seen.enough(3)).isEqualTo(6);
        seen.run(List.of("a"));
        assertThat(seen.enough(3)).isEqualTo(12);
        seen.forget(List.of("a", "b"));
        assertThat(seen.enough(3)).isEqualTo(6);
        assertThat(seen.failed()).containsExactly("c");
    }

    @Test
    void countsWhatFailedBeforeAsOnce() {
        Sightings seen = new Sightings(Experience.none(), List.of("a"), 0);
        assertThat(seen.enough(1)).isEqualTo(6);
        seen.run(List.of("a"));
        assertThat(seen.noChance()).containsExactly("a");
    }

    @Test
    void holdsNothingForMoreThanChanceThatIsSeenOnceInAHundredBatches() {
        Sightings seen = sightings(Experience.none(), 5);
        seen.run(List.of("a", "b"));
        assertThat(seen.noChance()).as("once says nothing").isEmpty();
        seen.run(List.of("b"));
        assertThat(seen.noChance()).as("(7 choose 2) 0.02 0.02 = 0.0084").containsExactly("b");
        seen.run(List.of());
        assertThat(seen.noChance()).as("(8 choose 2) 0.02 0.02 = 0.0112").isEmpty();
    }

    @Test
    void seesThatRunsAreRedTooOftenWhateverFailsInThem() {
        Sightings seen = new Sightings(Experience.none(), List.of("z"), 4);
        seen.run(List.of("a"));
        assertThat(seen.redTooOften()).as("what has failed before does not count").isFalse();
        seen.run(List.of("b"));
        assertThat(seen.redTooOften()).as("(7 choose 2) 0.02 0.02 = 0.0084").isTrue();
        assertThat(seen.noChance()).isEmpty();
        seen.run(List.of());
        assertThat(seen.redTooOften()).as("(8 choose 2) 0.02 0.02 = 0.0112").isFalse();
        seen.run(List.of("c"));
        assertThat(seen.redTooOften()).as("(9 choose 3) 0.02 0.02 0.02 = 0.0007").isTrue();
        seen.forget(List.of("a", "b"));
        assertThat(seen.redTooOften()).as("once").isFalse();
    }

    @Test
    void wantsTheMoreOfATestTheOftenerItFailsByChance() {
        Sightings seen = sightings(new Flaky(), 0);
        seen.run(List.of("a"));
        seen.run(List.of("a"));
        assertThat(seen.noChance()).as("0.2 0.1 = 0.02").isEmpty();
        seen.run(List.of("a"));
        assertThat(seen.noChance()).as("0.2 0.1 0.1 = 0.002").containsExactly("a");
        IntStream.range(0, 2).forEach(i -> seen.run(List.of()));
        assertThat(seen.noChance()).as("(5 choose 3) 0.002 = 0.02").isEmpty();
    }

    @Test
    void knowsOfARunThatNamesNoTestHowOftenRunsAreRed() {
        Sightings seen = sightings(new Flaky(), 0);
        IntStream.range(0, 3).forEach(i -> seen.run(List.of(Steadiness.WHOLE_RUN)));
        assertThat(seen.noChance()).as("0.2 0.2 0.2 = 0.008").containsExactly(Steadiness.WHOLE_RUN);
        seen.run(List.of());
        assertThat(seen.noChance()).as("(4 choose 3) 0.008 = 0.032").isEmpty();
    }
}
