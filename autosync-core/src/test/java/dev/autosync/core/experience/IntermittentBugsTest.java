package dev.autosync.core.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntermittentBugsTest {
    private static final String INTERMITTENT = ",\"intermittent\":[\"t\"]";

    private IntermittentBugs bugs = new IntermittentBugs();
    private long sequence;

    private void patch(String cycle, String id, String outcome, double greens, String more) {
        take(cycle, id, Map.of("greens", greens), "{\"outcome\":\"" + outcome + "\",\"checksum\":\"1\"" + more + "}");
    }

    private void take(String cycle, String id, Map<String, Double> numbers, String payload) {
        bugs.take(new StoredEvent(++sequence, new FencingToken(1), Event.of(cycle, "patch", id, Instant.EPOCH, numbers, payload)));
    }

    @Test
    void hardlyBelievesInSuchBugsBeforeOneWasSeen() {
        assertThat(bugs.share()).isEqualTo(1e-6);
        assertThat(bugs.among(0)).isZero();
        assertThat(bugs.among(1)).isCloseTo(1e-6, within(1e-12));
        assertThat(bugs.among(10_000)).as("the largest batch").isEqualTo(IntermittentBugs.unseen(10_000)).isBetween(0.009, 0.01);
        for (int i = 0; i < 1_000; i++) {
            patch("c" + i, "p" + i, "applied", 1, "");
        }
        assertThat(bugs.share()).as("good patches make them no likelier").isLessThan(1e-6);
    }

    @Test
    void countsABatchThatFailedNowAndThenOnceHoweverManyPatchesLayInIt() {
        patch("c", "a", "undecided", 0, INTERMITTENT);
        patch("c", "b", "undecided", 0, INTERMITTENT);
        assertThat(bugs.seen()).isEqualTo(1);
        assertThat(bugs.share()).as("the 99 % quantile of Gamma(1) is ln 100").isCloseTo(Math.log(100) / 101, withinPercentage(1));
        patch("d", "c", "undecided", 0, INTERMITTENT);
        assertThat(bugs.seen()).isEqualTo(2);
    }

    @Test
    void countsABugOnceHoweverOftenItIsTriedAgainInWhateverCompany() {
        patch("c", "a", "undecided", 0, INTERMITTENT);
        patch("c", "b", "undecided", 0, INTERMITTENT);
        patch("d", "new", "undecided", 0, INTERMITTENT);
        patch("d", "a", "undecided", 0, INTERMITTENT);
        patch("d", "b", "undecided", 0, INTERMITTENT);
        patch("e", "new", "undecided", 0, INTERMITTENT);
        assertThat(bugs.seen()).isEqualTo(1);
        patch("f", "other", "undecided", 0, INTERMITTENT);
        assertThat(bugs.seen()).isEqualTo(2);
    }

    @Test
    void countsWhoWasBlamedAfterAGreenRunAndNobodyElseWhoWas() {
        patch("c", "a", "blamed", 0, "");
        assertThat(bugs.seen()).isZero();
        patch("d", "b", "blamed", 2, "");
        assertThat(bugs.seen()).isEqualTo(1);
    }

    @Test
    void believesPatchesThatHaveLandedAsFarAsABugWouldHaveShown() {
        patch("c", "a", "undecided", 0, INTERMITTENT);
        double one = bugs.share() * 101;
        patch("d", "b", "applied", 1, "");
        assertThat(bugs.share()).isCloseTo(one / 101.5, within(1e-12));
        patch("d", "c", "applied", 3, "");
        assertThat(bugs.share()).isCloseTo(one / 102.375, within(1e-12));
    }

    @Test
    void learnsNothingFromOtherEndingsEarlierReleasesAndWhatCannotBeRead() {
        take("c", "a", Map.of(), "{\"outcome\":\"applied\",\"checksum\":\"1\"}");
        patch("c", "b", "undecided", 0, "");
        patch("c", "c", "dropped", 0, "");
        patch("c", "d", "undecided", 0, ",\"intermittent\":7");
        take("c", "e", Map.of(), "{\"outcome\":");
        take("c", "f", Map.of("greens", -3.0), "{\"outcome\":\"applied\"}");
        bugs.take(new StoredEvent(++sequence, new FencingToken(1), Event.of("c", "cycle", "red", Instant.EPOCH, Map.of(), "{\"outcome\":\"undecided\"" + INTERMITTENT + "}")));
        assertThat(bugs.share()).isEqualTo(1e-6);
    }

    @Test
    void neverHoldsMoreThanHalfOfAllPatchesForSuch() {
        for (int i = 0; i < 20_000; i++) {
            patch("c" + i, "p" + i, "undecided", 0, INTERMITTENT);
        }
        assertThat(bugs.share()).isEqualTo(0.5);
        assertThat(bugs.among(10_000)).isLessThanOrEqualTo(1);
    }

    /** Of 2,000 batches of eight, each with a bug by a chance, landed after some green runs or found before. */
    @Property(tries = 20)
    void findsTheShareOfAllThoughOnlySomeWereFound(@ForAll @IntRange(min = 2, max = 10) int percent, @ForAll @IntRange(min = 1, max = 4) int greens, @ForAll long seed) {
        bugs = new IntermittentBugs();
        Random random = new Random(seed);
        for (int batch = 0; batch < 2_000; batch++) {
            boolean found = random.nextInt(100) < percent && random.nextDouble() > Math.pow(0.5, greens);
            for (int i = 0; i < 8; i++) {
                patch("c" + batch, "p" + batch + "-" + i, found ? "undecided" : "applied", found ? 0 : greens, found ? INTERMITTENT : "");
            }
        }
        double share = percent / 100.0 / 8;
        double bugsFound = 2_000 * percent / 100.0 * (1 - Math.pow(0.5, greens));
        assertThat(bugs.share()).as("at most the share, but for chance").isBetween(share * (1 - 2 / Math.sqrt(bugsFound)), share * (1.1 + 7 / Math.sqrt(bugsFound)));
    }
}
