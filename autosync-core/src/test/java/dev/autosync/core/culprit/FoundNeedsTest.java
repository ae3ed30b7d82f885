package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FoundNeedsTest {
    private static BitSet set(Integer... patches) {
        return Needs.bits(List.of(patches));
    }

    @Test
    void namesThePatchThatAloneMayLackSomething() {
        assertThat(FoundNeeds.of(4, List.of(set(0, 1, 2, 3), set(0, 3)), List.of(set(0, 1, 3)))).isEqualTo(Map.of(1, List.of(2)));
    }

    @Test
    void namesAllOfWhichItNeedsOne() {
        assertThat(FoundNeeds.of(4, List.of(set(0, 1, 2, 3), set(0)), List.of(set(0, 1)))).isEqualTo(Map.of(1, List.of(2, 3)));
    }

    @Test
    void namesNobodyWhereTwoMayLackIt() {
        assertThat(FoundNeeds.of(4, List.of(set(0, 1, 2, 3)), List.of(set(0, 1)))).isEmpty();
    }

    @Test
    void namesNobodyWhereWhatBrokeWasBuiltAnotherTime() {
        assertThat(FoundNeeds.of(3, List.of(set(0, 1, 2), set(0), set(1)), List.of(set(0, 1)))).isEmpty();
    }

    @Property(tries = 200)
    void neverNamesAPatchThatNeedsNone(@ForAll long seed) {
        Random random = new Random(seed);
        int needy = random.nextInt(8);
        int needed = (needy + 1 + random.nextInt(7)) % 8;
        List<BitSet> sets = IntStream.range(0, 20).mapToObj(i -> BitSet.valueOf(new long[] {random.nextInt(256)})).toList();
        List<BitSet> built = sets.stream().filter(set -> !set.get(needy) || set.get(needed)).toList();
        List<BitSet> broken = sets.stream().filter(set -> set.get(needy) && !set.get(needed)).toList();
        FoundNeeds.of(8, built, broken).forEach((patch, others) -> {
            assertThat(patch).isEqualTo(needy);
            assertThat(others).contains(needed);
        });
    }
}
