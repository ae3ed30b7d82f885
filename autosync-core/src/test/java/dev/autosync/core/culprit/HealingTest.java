package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealingTest {

    private static Healing search(int patch, int patches) {
        return new Healing(patch, Symptom.broken(), IntStream.range(0, patches).boxed().toList(), Needs.none(patches), 0, 50);
    }

    private static int play(Healing search, Set<Integer> needed) {
        int runs = 0;
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            runs++;
            search.answer(ask.get(), ask.get().patches().containsAll(needed) ? Seen.green() : Seen.red());
        }
        return runs;
    }

    /** In the mean; 2 more than by exact halves, as others might need each other as well. */
    @ParameterizedTest
    @CsvSource({"16, 7", "64, 9.5", "256, 15"})
    void findsTheOtherHalfOfARefactoringInFewRuns(int patches, double most) {
        Random random = new Random(patches);
        int batches = 1280 / patches;
        int runs = 0;
        for (int batch = 0; batch < batches; batch++) {
            int patch = random.nextInt(patches);
            int other = (patch + 1 + random.nextInt(patches - 1)) % patches;
            Healing search = search(patch, patches);
            runs += play(search, Set.of(other));
            assertThat(search.needed()).containsExactly(other);
        }
        assertThat(runs / (double) batches).isLessThanOrEqualTo(most);
    }

    @Test
    void findsAllThatAPatchNeeds() {
        Healing search = search(3, 32);
        assertThat(play(search, Set.of(7, 20))).isLessThanOrEqualTo(24);
        assertThat(search.needed()).containsExactly(7, 20);
    }

    @Test
    void needsFewerRunsByThoseThatWereMadeBefore() {
        Healing told = search(10, 64);
        told.answer(Ask.all(IntStream.range(0, 10).boxed().toList()), Seen.green());
        told.answer(Ask.all(IntStream.range(0, 44).boxed().toList()), Seen.red(Set.of("other"), Set.of()));
        told.answer(Ask.all(IntStream.range(0, 40).boxed().toList()), Seen.red());
        assertThat(play(told, Set.of(42))).isLessThan(play(search(10, 64), Set.of(42)));
        assertThat(told.needed()).containsExactly(42);
    }

    @Test
    void learnsNothingFromRunsThatAreNoEvidence() {
        Healing search = search(3, 32);
        Ask first = search.next().orElseThrow();
        search.answer(first, Seen.none());
        assertThat(search.next()).contains(first);
    }

    @Test
    void asksOnlyForRunsWithThePatchAndWhatIsKnownToBeNeeded() {
        Needs needs = Needs.none(16).with(3, List.of(5)).with(8, List.of(9));
        Healing search = new Healing(3, Symptom.broken(), IntStream.range(0, 16).boxed().toList(), needs, 0, 50);
        List<List<Integer>> asked = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            asked.add(ask.get().patches());
            search.answer(ask.get(), ask.get().patches().contains(12) ? Seen.green() : Seen.red());
        }
        assertThat(asked).allMatch(patches -> patches.contains(3) && needs.closed(patches).equals(patches)).doesNotHaveDuplicates();
        assertThat(search.needed()).containsExactly(5, 12);
    }
}
