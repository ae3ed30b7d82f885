package dev.autosync.core.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FalseRedsTest {
    private FalseReds seen = new FalseReds();
    private long sequence;

    private void run(String verdict, String content, String... failures) {
        String ids = List.of(failures).stream().map(test -> "\"" + test + "\"").collect(Collectors.joining(",", "[", "]"));
        take("{\"verdict\":\"" + verdict + "\",\"content\":\"" + content + "\",\"failures\":" + ids + "}");
    }

    private void take(String payload) {
        seen.take(new StoredEvent(++sequence, new FencingToken(1), Event.of("c", "test-run", "run-1", Instant.EPOCH, Map.of(), payload)));
    }

    private void assertNothingSeen() {
        assertThat(seen.goodRuns()).isZero();
        assertThat(seen.falseRed()).isEqualTo(FalseReds.UNSEEN);
        assertThat(seen.falseFailure("t")).isEqualTo(FalseReds.UNSEEN);
    }

    @Test
    void knowsNothingAtFirst() {
        assertNothingSeen();
    }

    @Test
    void callsARedRunFalseThatWasGreenBefore() {
        run("green", "a");
        run("red", "a", "t");
        assertThat(seen.falseReds()).isEqualTo(1);
        assertThat(seen.falseRed()).isEqualTo(1.5 / 27);
        assertThat(seen.falseFailure("t")).isEqualTo(1.02 / 3);
        assertThat(seen.falseFailure("u")).isCloseTo(0.02 / 3, within(1e-15));
    }

    @Test
    void callsRedRunsFalseOnceTheirContentIsGreen() {
        run("red", "a", "t", "u");
        run("red", "a", "t");
        assertNothingSeen();
        run("green", "a");
        assertThat(seen.goodRuns()).isEqualTo(3);
        assertThat(seen.falseReds()).isEqualTo(2);
        assertThat(seen.falseFailure("t")).isEqualTo(2.02 / 4);
        assertThat(seen.falseFailure("u")).isEqualTo(1.02 / 4);
    }

    @Test
    void learnsNothingFromContentsThatWereNeverGreen() {
        run("red", "a", "t");
        run("red", "b", "t");
        assertNothingSeen();
    }

    @Test
    void learnsNothingFromRunsOfSomeTestsFromCrashesAndFromWhatCannotBeRead() {
        run("green", "");
        run("red", "", "t");
        run("crashed", "a", "t");
        run("no_tests", "a");
        take("not JSON");
        take("{}");
        take("{\"verdict\":1,\"content\":[]}");
        assertNothingSeen();
        run("green", "a");
        assertThat(seen.goodRuns()).isEqualTo(1);
    }

    @Test
    void learnsNothingFromRunsOfWhatFailsNowAndThenThroughItsOwnFault() {
        take("{\"verdict\":\"green\",\"content\":\"a\",\"failures\":[],\"intermittent\":[\"t\"]}");
        take("{\"verdict\":\"red\",\"content\":\"a\",\"failures\":[\"t\"],\"intermittent\":[\"t\"]}");
        take("{\"verdict\":\"green\",\"content\":\"b\",\"failures\":[],\"open\":true}");
        take("{\"verdict\":\"red\",\"content\":\"b\",\"failures\":[\"t\"],\"open\":true}");
        assertNothingSeen();
    }

    @Test
    void trustsATestTheMoreTheMoreGoodRunsItHasNotSpoiledButNeverWholly() {
        double before = 1;
        for (int i = 0; i < 150; i++) {
            run("green", "a" + i);
            assertThat(seen.falseFailure("t")).isLessThan(before);
            before = seen.falseFailure("t");
        }
        for (int i = 0; i < 1_000; i++) {
            run("green", "a");
        }
        assertThat(seen.falseFailure("t")).isEqualTo(FalseReds.LEAST);
        for (int i = 0; i < 10_000; i++) {
            run("green", "b");
        }
        assertThat(seen.falseRed()).isEqualTo(FalseReds.LEAST);
    }

    @Test
    void forgetsContentsOfLongAgo() {
        run("red", "old", "t");
        IntStream.range(0, 10_000).forEach(i -> run("red", "a" + i));
        run("green", "old");
        assertThat(seen.falseReds()).as("the red run is forgotten").isZero();
        run("red", "a9999");
        run("green", "a9999");
        assertThat(seen.falseReds()).as("these are not").isEqualTo(2);
    }

    @Test
    void forgetsFailuresOfLongAgoWhereThereAreMany() {
        String[] many = IntStream.range(0, 200).mapToObj(i -> "t" + i).toArray(String[]::new);
        IntStream.range(0, 501).forEach(i -> run("red", "a" + i, many));
        run("green", "a0");
        assertThat(seen.falseReds()).isZero();
        run("green", "a500");
        assertThat(seen.falseReds()).isEqualTo(1);
    }

    /** The share of false red runs that goes in comes out, within four standard deviations. */
    @Property(tries = 20)
    void findsTheShareOfFalseReds(@ForAll @IntRange(min = 1, max = 20) int percent, @ForAll long seed) {
        seen = new FalseReds();
        Random random = new Random(seed);
        int runs = 3_000;
        for (int i = 0; i < runs; i++) {
            String content = "a" + i % 100;
            if (random.nextInt(100) < percent) {
                run("red", content, "t");
            } else {
                run("green", content);
            }
            run("red", "b" + i, "t", "u"); // what is bad says nothing
        }
        double share = percent / 100.0;
        assertThat(seen.falseRed()).isCloseTo(share, within(0.001 + 4 * Math.sqrt(share * (1 - share) / runs)));
        assertThat(seen.falseFailure("t")).isCloseTo(seen.falseRed(), within(0.01));
        assertThat(seen.falseFailure("u")).isEqualTo(FalseReds.LEAST);
    }
}
