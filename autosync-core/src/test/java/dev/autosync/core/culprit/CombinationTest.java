package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.culprit.Combination.End;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinationTest {

    private static Combination search(int convicted, int patches, double falseRed) {
        return new Combination(convicted, Symptom.red(), IntStream.range(0, patches).boxed().toList(), Needs.none(patches), Rates.known(falseRed, 1), 0.01, 100);
    }

    /** Answers as if exactly these were bad together; the runs that were asked for. */
    private static List<List<Integer>> play(Combination search, Collection<Integer> bad, double falseRed, Random random) {
        List<List<Integer>> runs = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            runs.add(ask.get().patches());
            boolean red = ask.get().patches().containsAll(bad) || random.nextDouble() < falseRed;
            search.answer(ask.get(), red ? Seen.red() : Seen.green());
        }
        return runs;
    }

    /** Patches 2 and 6 of 8, counted from 1, are bad together; 6 was convicted at the sixth beginning. */
    @Test
    void findsTheOtherOfAPairByHalves() {
        Combination search = search(5, 6, 0);
        assertThat(play(search, List.of(1, 5), 0, new Random(0)))
                .containsExactly(List.of(5), List.of(0, 1, 2, 5), List.of(0, 1, 5), List.of(0, 5), List.of(1, 5));
        assertThat(search.result()).hasValueSatisfying(found -> {
            assertThat(found.end()).isEqualTo(End.FOUND);
            assertThat(found.members()).containsExactly(1, 5);
            assertThat(found.reproduction()).isEqualTo(Ask.all(List.of(1, 5)));
            assertThat(found.probability()).isGreaterThan(0.99);
        });
    }

    @Test
    void takesOneRunForAPatchThatIsBadAlone() {
        Combination search = search(40, 64, 0);
        assertThat(play(search, List.of(40), 0, new Random(0))).containsExactly(List.of(40));
        assertThat(search.result().orElseThrow().members()).containsExactly(40);
    }

    @Test
    void doesNotAskForWhatAnEarlierRunHasSaid() {
        Combination search = search(5, 6, 0);
        search.note(Ask.all(List.of(4, 5)), Seen.green());
        search.note(Ask.all(List.of(0, 1, 5)), Seen.red());
        assertThat(play(search, List.of(1, 5), 0, new Random(0))).containsExactly(List.of(0, 5), List.of(1, 5));
    }

    @Test
    void runsEachPatchWithWhatItNeeds() {
        Needs needs = Needs.of(List.of(List.of(), List.of(0), List.of(), List.of(2), List.of()));
        Combination search = new Combination(3, Symptom.red(), List.of(0, 1, 2, 3, 4), needs, Rates.known(0, 1), 0.01, 50);
        assertThat(play(search, List.of(1, 3), 0, new Random(0))).allMatch(run -> needs.closed(run).equals(run));
        assertThat(search.result().orElseThrow().members()).containsExactly(1, 3);
        assertThat(search.result().orElseThrow().reproduction().patches()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void takesAUnitAsOneMember() {
        Needs needs = Needs.none(6).with(1, List.of(4)).with(4, List.of(1));
        Combination search = new Combination(5, Symptom.red(), List.of(0, 1, 2, 3, 4), needs, Rates.known(0, 1), 0.01, 50);
        play(search, List.of(4, 5), 0, new Random(0));
        assertThat(search.result().orElseThrow().members()).containsExactly(1, 4, 5);
    }

    @Test
    void looksOnlyAtItsOwnTests() {
        Combination search = new Combination(3, Symptom.of(Set.of("own")), List.of(0, 1, 2), Needs.none(4), Rates.known(0, 1), 0.01, 50);
        search.answer(search.next().orElseThrow(), Seen.red(Set.of("other"), Set.of("own")));
        assertThat(search.next()).map(Ask::patches).hasValueSatisfying(patches -> assertThat(patches).hasSizeGreaterThan(1));
    }

    @Test
    void asksOnceForARunThatDoesNotTell() {
        Combination search = new Combination(3, Symptom.of(Set.of("own")), List.of(0, 1, 2), Needs.none(4), Rates.known(0, 1), 0.01, 50);
        List<Ask> asked = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            asked.add(ask.get());
            search.answer(ask.get(), Seen.red());
        }
        assertThat(asked).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(4);
        assertThat(search.result().orElseThrow().end()).isEqualTo(End.EXHAUSTED);
    }

    @Test
    void isToldByRunsThatAreNoEvidenceNothing() {
        Combination search = search(5, 6, 0);
        Ask first = search.next().orElseThrow();
        for (int time = 0; time < 3; time++) {
            search.answer(first, Seen.none());
            assertThat(search.next()).contains(first);
        }
        assertThat(play(search, List.of(1, 5), 0, new Random(0))).hasSize(5);
    }

    @Test
    void saysThatNothingFitsWhereAllTogetherAreGreenNow() {
        Combination search = search(5, 6, 0.05);
        play(search, List.of(99), 0, new Random(0));
        assertThat(search.result()).map(Combination.Result::end).contains(End.CONTRADICTED);
    }

    @Test
    void endsWhenNoRunIsLeft() {
        Combination search = new Combination(40, Symptom.red(), IntStream.range(0, 64).boxed().toList(), Needs.none(64), Rates.known(0, 1), 0.01, 3);
        assertThat(play(search, List.of(7, 40), 0, new Random(0))).hasSize(3);
        assertThat(search.result()).map(Combination.Result::end).contains(End.EXHAUSTED);
    }

    /** Means over seeded batches; a triple may take two more in single ones. */
    @ParameterizedTest
    @CsvSource({"64, 2, 10", "64, 3, 14", "256, 2, 12", "256, 3, 18"})
    void takesLittleMoreThanTheLogarithmForEachOther(int patches, int size, double most) {
        Random random = new Random(patches * 10L + size);
        int batches = 200;
        int runs = 0;
        for (int batch = 0; batch < batches; batch++) {
            TreeSet<Integer> bad = some(size, patches, random);
            Combination search = search(bad.last(), bad.last() + 1, 0);
            runs += play(search, bad, 0, random).size();
            assertThat(search.result().orElseThrow().members()).containsExactlyElementsOf(bad);
        }
        assertThat(runs / (double) batches).isLessThanOrEqualTo(most);
    }

    private static TreeSet<Integer> some(int size, int patches, Random random) {
        TreeSet<Integer> some = new TreeSet<>();
        while (some.size() < size) {
            some.add(random.nextInt(patches));
        }
        return some;
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 13", "3, 20"})
    void isSeldomWrongWhereOneRunInTwentyIsRedByChance(int size, double most) {
        Random random = new Random(size);
        int batches = 400;
        int runs = 0;
        int wrong = 0;
        for (int batch = 0; batch < batches; batch++) {
            TreeSet<Integer> bad = some(size, 64, random);
            Combination search = search(bad.last(), bad.last() + 1, 0.05);
            runs += play(search, bad, 0.05, random).size();
            wrong += search.result().orElseThrow().members().equals(List.copyOf(bad)) ? 0 : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(8);
        assertThat(runs / (double) batches).isLessThanOrEqualTo(most);
    }

    /** Where no run errs: what is found is red, and green without any of its members. */
    @Property(tries = 300)
    void findsASmallestCombinationThatIsClosedUnderNeeds(@ForAll @IntRange(min = 1, max = 40) int patches, @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Set<Integer>> direct = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            direct.add(random.nextInt(3) == 0 ? Set.of(random.nextInt(patches)) : Set.of());
        }
        Needs needs = Needs.of(direct);
        TreeSet<Integer> bad = some(Math.min(size, patches), patches, random);
        Combination search = new Combination(bad.last(), Symptom.red(), IntStream.range(0, patches).boxed().toList(), needs, Rates.known(0, 1), 0.01, 400);
        List<List<Integer>> runs = play(search, bad, 0, random);
        assertThat(runs).allMatch(run -> needs.closed(run).equals(run));
        Combination.Result found = search.result().orElseThrow();
        assertThat(found.end()).isEqualTo(End.FOUND);
        assertThat(found.reproduction().patches()).containsAll(bad).isEqualTo(needs.closed(found.members()));
        for (int member : found.members()) {
            Set<Integer> less = new HashSet<>(found.reproduction().patches());
            less.removeIf(patch -> patch == member || needs.of(patch).contains(member));
            assertThat(member == bad.last() || !less.containsAll(bad)).isTrue();
        }
        Combination again = new Combination(bad.last(), Symptom.red(), IntStream.range(0, patches).boxed().toList(), needs, Rates.known(0, 1), 0.01, 400);
        assertThat(play(again, bad, 0, random)).isEqualTo(runs);
    }

    /** Whatever the runs say. */
    @Property(tries = 200)
    void alwaysEnds(@ForAll @IntRange(min = 1, max = 30) int patches, @ForAll long seed) {
        Random random = new Random(seed);
        Combination search = new Combination(random.nextInt(patches), Symptom.of(Set.of("t")), IntStream.range(0, patches).boxed().toList(), Needs.none(patches),
                Rates.known(0.05, 1), 0.01, 60);
        int runs = 0;
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            runs++;
            search.answer(ask.get(), List.of(Seen.green(), Seen.red(), Seen.red(Set.of("t"), Set.of())).get(random.nextInt(3)));
        }
        assertThat(runs).isLessThanOrEqualTo(60);
        assertThat(search.result().orElseThrow().probability()).isBetween(0.0, 1.0);
    }
}
