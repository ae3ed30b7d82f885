package dev.autosync.core.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PatchRisksTest {
    private PatchRisks risks = new PatchRisks();
    private int number;

    private void patch(String id, String outcome, String format, String author) {
        take(id, Map.of(), "{\"outcome\":\"" + outcome + "\",\"format\":\"" + format + "\",\"author\":\"" + author + "\",\"checksum\":\"1\"}");
    }

    private void take(String id, Map<String, Double> numbers, String payload) {
        risks.take(new StoredEvent(++number, new FencingToken(1), Event.of("c", "patch", id, Instant.EPOCH, numbers, payload)));
    }

    private void patches(int bad, int good, String format, String author) {
        IntStream.range(0, bad).forEach(i -> patch("p" + number, "blamed", format, author));
        IntStream.range(0, good).forEach(i -> patch("p" + number, "applied", format, author));
    }

    private double risk(String format, String author) {
        return risks.risk(Patch.builder("new", format).author(author).build()).orElseThrow();
    }

    @Test
    void saysNothingBeforeTwentyPatchesAreDecided() {
        patches(1, 18, "json-patch", "ann");
        assertThat(risks.risk(Patch.delete("new", "a"))).isEmpty();
        patches(0, 1, "json-patch", "ann");
        assertThat(risks.risk(Patch.delete("new", "a"))).isPresent();
    }

    @Test
    void judgesWhatItHasNeverSeenAsAllTogether() {
        patches(4, 16, "json-patch", "ann");
        assertThat(risk("delete-file", "")).isEqualTo(4.5 / 21);
        assertThat(risk("delete-file", "bob")).isEqualTo(4.5 / 21);
    }

    @Test
    void goesFromAllToTheFormatToTheAuthorToBoth() {
        patches(2, 8, "json-patch", "ann");
        patches(0, 10, "unified-diff", "ann");
        patches(5, 15, "unified-diff", "bob");
        double all = 7.5 / 41;
        double format = (20 * all + 5) / (20 + 30);
        double author = (20 * format + 2) / (20 + 20);
        double both = (20 * author + 0) / (20 + 10);
        assertThat(risk("unified-diff", "ann")).isCloseTo(both, within(1e-15));
        assertThat(risk("unified-diff", "cid")).isCloseTo(format, within(1e-15));
    }

    @Test
    void goesOnToThoseOfTheSameSizeWhereSizesAreKnown() {
        for (int i = 0; i < 40; i++) {
            take("p" + i, Map.of("bytes", i % 2 == 0 ? 10.0 : 100_000.0),
                    "{\"outcome\":\"" + (i % 2 == 0 ? "applied" : "blamed") + "\",\"format\":\"write-file\",\"checksum\":\"1\"}");
        }
        double small = risks.risk(Patch.write("s", "a", new byte[20])).orElseThrow();
        double large = risks.risk(Patch.write("l", "a", new byte[90_000])).orElseThrow();
        assertThat(small).isLessThan(0.3);
        assertThat(large).isGreaterThan(0.7);
    }

    @Test
    void learnsNothingFromPatchesThatWereNeitherGoodNorBad() {
        for (String outcome : new String[] {"dropped", "undecided", "conflicted", "refused", "ambiguous", "already-applied"}) {
            IntStream.range(0, 30).forEach(i -> patch("p" + number, outcome, "json-patch", "ann"));
        }
        take("p", Map.of(), "not JSON");
        take("p", Map.of(), "{\"outcome\":7}");
        assertThat(risks.decided()).isZero();
    }

    @Test
    void countsAPatchOnceThatIsBlamedInEveryCycle() {
        patches(0, 20, "json-patch", "ann");
        IntStream.range(0, 50).forEach(i -> patch("lies-there", "blamed", "json-patch", "ann"));
        assertThat(risks.decided()).isEqualTo(21);
        assertThat(risks.bad()).isEqualTo(1);
    }

    @Property(tries = 50)
    void isAlwaysAChance(@ForAll long seed) {
        risks = new PatchRisks();
        Random random = new Random(seed);
        double share = random.nextInt(3) / 2.0;
        for (int i = 0; i < 200; i++) {
            patch("p" + number, random.nextDouble() < share ? "blamed" : "applied", "f" + random.nextInt(3), "a" + random.nextInt(3));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(risk("f" + i / 4, "a" + i % 4)).isGreaterThan(0).isLessThan(1);
        }
    }
}
