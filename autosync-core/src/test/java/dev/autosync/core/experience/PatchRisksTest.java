package dev.autosync.core.experience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
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
        return risks.risk(Patch.builder("new", format).author(author).build(), List.of()).orElseThrow();
    }

    @Test
    void saysNothingBeforeTwentyPatchesAreDecided() {
        patches(1, 18, "json-patch", "ann");
        assertThat(risks.risk(Patch.delete("new", "a"), List.of())).isEmpty();
        patches(0, 1, "json-patch", "ann");
        assertThat(risks.risk(Patch.delete("new", "a"), List.of())).isPresent();
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
        double small = risks.risk(Patch.write("s", "a", new byte[20]), List.of()).orElseThrow();
        double large = risks.risk(Patch.write("l", "a", new byte[90_000]), List.of()).orElseThrow();
        assertThat(small).isLessThan(0.3);
        assertThat(large).isGreaterThan(0.7);
    }

    private void patch(String outcome, String author, String file) {
        take("p" + number, Map.of(), "{\"outcome\":\"" + outcome + "\",\"format\":\"json-patch\",\"author\":\"" + author + "\",\"checksum\":\"1\",\"files\":[\"" + file + "\"]}");
    }

    private double risk(String author, List<String> files) {
        return risks.risk(Patch.builder("new", "json-patch").author(author).build(), files).orElseThrow();
    }

    @Test
    void multipliesByHowManyMorePatchesOfAFileWereBadThanWasToBeExpected() {
        patches(4, 16, "json-patch", "");
        double expected = 0;
        for (int i = 0; i < 5; i++) {
            expected += risk("json-patch", "");
            patch("blamed", "", "core.c");
        }
        double risk = risk("json-patch", "");
        assertThat(risk("", List.of("core.c"))).isCloseTo(risk * 7 / (2 + expected), within(1e-15));
        assertThat(risk("", List.of("core.c", "never-seen.c"))).as("in the mean").isCloseTo(risk * (7 / (2 + expected) + 1) / 2, within(1e-15));
        assertThat(risk("", List.of("never-seen.c"))).isEqualTo(risk);
    }

    @Test
    void doesNotHoldAgainstAFileWhatIsItsAuthors() {
        for (int i = 0; i < 200; i++) {
            patch("applied", "ann", "other.c");
            patch("blamed", "bob", "core.c");
        }
        assertThat(risk("bob", List.of("core.c"))).isGreaterThan(0.9);
        assertThat(risk("ann", List.of("core.c"))).isLessThan(2 * risk("ann", List.of()));
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
        for (int i = 0; i < 100; i++) {
            patch(random.nextDouble() < share ? "blamed" : "applied", "a" + random.nextInt(3), "file" + random.nextInt(3));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(risk("f" + i / 4, "a" + i % 4)).isGreaterThan(0).isLessThan(1);
            assertThat(risk("a" + i / 4, List.of("file" + i % 4))).isGreaterThan(0).isLessThan(1);
        }
    }
}
