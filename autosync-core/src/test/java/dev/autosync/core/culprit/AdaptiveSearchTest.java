package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.culprit.AdaptiveSearch.Settings;
import dev.autosync.core.culprit.Findings.Conviction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdaptiveSearchTest {

    private static AdaptiveSearch search(int patches, double falseRed) {
        return search(Needs.none(patches), falseRed);
    }

    private static AdaptiveSearch search(Needs needs, double falseRed) {
        return new AdaptiveSearch(needs, Prior.beta(0.5, needs.patches()), Rates.known(falseRed, 1), Settings.ofDefaults(), null);
    }

    private static List<Integer> convicted(Search search) {
        return search.findings().convicted().stream().map(Conviction::patch).sorted().toList();
    }

    private static Seen seen(boolean red) {
        return red ? Seen.red() : Seen.green();
    }

    /** Answers every question; the runs that were made. */
    private static List<Ask> play(Search search, Predicate<Collection<Integer>> red) {
        List<Ask> asks = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            asks.add(ask.get());
            search.answer(ask.get(), seen(red.test(ask.get().patches())));
            assertThat(asks).hasSizeLessThan(1_000);
        }
        return asks;
    }

    @Test
    void takesOneRunWhereNothingIsBad() {
        AdaptiveSearch search = search(64, 0);
        assertThat(play(search, patches -> false)).containsExactly(Ask.all(IntStream.range(0, 64).boxed().toList()));
        assertThat(search.findings().green()).hasSize(64);
        assertThat(search.findings().convicted()).isEmpty();
    }

    @Test
    void convictsNobodyByThePriorAlone() {
        AdaptiveSearch good = new AdaptiveSearch(Needs.none(3), Prior.known(1), Rates.known(0.02, 1), Settings.ofDefaults(), null);
        play(good, patches -> false);
        assertThat(convicted(good)).isEmpty();
        assertThat(good.findings().green()).containsExactly(0, 1, 2);
        AdaptiveSearch one = new AdaptiveSearch(Needs.none(3), Prior.known(new double[] {1, 1, 1}), Rates.known(0.02, 1), Settings.ofDefaults(), null);
        assertThat(play(one, patches -> patches.contains(1))).isNotEmpty();
        assertThat(convicted(one)).containsExactly(1);
    }

    @Test
    void findsAPatchThatWasHeldToBeGood() {
        AdaptiveSearch search = new AdaptiveSearch(Needs.none(3), Prior.known(0), Rates.known(0.02, 1), Settings.ofDefaults(), null);
        play(search, patches -> patches.contains(1));
        assertThat(convicted(search)).containsExactly(1);
        assertThat(search.findings().green()).containsExactly(0, 2);
    }

    @Test
    void endsAtOnceWhereThereIsNothing() {
        assertThat(search(0, 0).next()).isEmpty();
    }

    /** Where no run errs. */
    @Property(tries = 200)
    void findsExactlyTheBadPatchesAndLandsTheOthersTogetherFromOneGreenRun(@ForAll @IntRange(min = 1, max = 70) int patches, @ForAll @IntRange(max = 6) int most,
            @ForAll long seed) {
        Set<Integer> bad = bad(patches, most, new Random(seed));
        AdaptiveSearch search = search(patches, 0);
        List<Ask> asks = play(search, tree -> tree.stream().anyMatch(bad::contains));
        assertThat(convicted(search)).containsExactlyElementsOf(bad.stream().sorted().toList());
        List<Integer> green = search.findings().green();
        assertThat(green).hasSize(patches - bad.size()).noneMatch(bad::contains);
        assertThat(green.isEmpty() || asks.contains(Ask.all(green))).isTrue();
    }

    private static Set<Integer> bad(int patches, int most, Random random) {
        Set<Integer> bad = new HashSet<>();
        for (int i = 0; i < Math.min(most, patches); i++) {
            bad.add(random.nextInt(patches));
        }
        return bad;
    }

    /** Answers come late and in any order. */
    @Property(tries = 200)
    void findsTheSameWithManyRunsSideBySide(@ForAll @IntRange(min = 1, max = 70) int patches, @ForAll @IntRange(max = 4) int most,
            @ForAll @IntRange(min = 2, max = 9) int workers, @ForAll long seed) {
        Random random = new Random(seed);
        Set<Integer> bad = bad(patches, most, random);
        AdaptiveSearch search = search(patches, 0);
        List<Ask> underWay = new ArrayList<>();
        int runs = 0;
        while (true) {
            for (Optional<Ask> ask = search.next(); ask.isPresent() && underWay.size() < workers; ask = underWay.size() < workers ? search.next() : Optional.empty()) {
                assertThat(underWay).doesNotContain(ask.get());
                underWay.add(ask.get());
            }
            if (underWay.isEmpty()) {
                break;
            }
            Ask ended = underWay.remove(random.nextInt(underWay.size()));
            boolean lost = random.nextInt(10) == 0;
            search.answer(ended, lost || !search.tells(ended) ? Seen.none() : seen(ended.patches().stream().anyMatch(bad::contains)));
            assertThat(runs++).isLessThan(1_000);
        }
        assertThat(convicted(search)).containsExactlyElementsOf(bad.stream().sorted().toList());
        assertThat(search.findings().green()).hasSize(patches - bad.size()).noneMatch(bad::contains);
    }

    @Property(tries = 200)
    void neverRunsAPatchWithoutThoseThatItNeeds(@ForAll @IntRange(min = 2, max = 40) int patches, @ForAll @IntRange(max = 4) int most, @ForAll long seed) {
        Random random = new Random(seed);
        Set<Integer> bad = bad(patches, most, random);
        List<Set<Integer>> on = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            on.add(patch > 0 && random.nextInt(3) == 0 ? Set.of(random.nextInt(patch)) : Set.of());
        }
        Needs needs = Needs.of(on);
        AdaptiveSearch search = search(needs, 0.02);
        List<Ask> asks = play(search, tree -> tree.stream().anyMatch(bad::contains));
        assertThat(asks).allSatisfy(ask -> assertThat(ask.patches()).allSatisfy(patch -> assertThat(ask.patches()).containsAll(needs.of(patch))));
        // Those that need a bad one go with it, and whether they are bad as well nobody knows.
        Set<Integer> lost = new HashSet<>(bad);
        IntStream.range(0, patches).filter(patch -> needs.of(patch).stream().anyMatch(bad::contains)).forEach(lost::add);
        assertThat(bad).containsAll(convicted(search));
        assertThat(search.findings().green()).hasSize(patches - lost.size()).noneMatch(lost::contains);
    }

    /** Whoever is certain beforehand is still told otherwise by runs. */
    @Property(tries = 100)
    void findsTheBadPatchesWhereItWasToldThatAllOrNoneAre(@ForAll boolean all, @ForAll @IntRange(min = 1, max = 12) int patches, @ForAll @IntRange(max = 3) int most,
            @ForAll long seed) {
        Set<Integer> bad = bad(patches, most, new Random(seed));
        AdaptiveSearch search = new AdaptiveSearch(Needs.none(patches), Prior.known(all ? 1 : 0), Rates.known(0, 1), Settings.ofDefaults(), null);
        play(search, tree -> tree.stream().anyMatch(bad::contains));
        assertThat(convicted(search)).containsExactlyElementsOf(bad.stream().sorted().toList());
        assertThat(search.findings().green()).hasSize(patches - bad.size());
    }

    @Test
    void forgetsWhatIsDropped() {
        AdaptiveSearch search = search(8, 0);
        Ask whole = search.next().orElseThrow();
        search.answer(whole, Seen.red());
        search.drop(List.of(2, 5));
        List<Ask> asks = play(search, tree -> tree.contains(6));
        assertThat(asks).noneMatch(ask -> ask.patches().contains(2) || ask.patches().contains(5));
        assertThat(convicted(search)).containsExactly(6);
        assertThat(search.findings().green()).containsExactly(0, 1, 3, 4, 7);
    }

    @Test
    void takesARunThatSaysNothingForNothing() {
        AdaptiveSearch search = search(8, 0);
        Ask whole = search.next().orElseThrow();
        search.answer(whole, Seen.none());
        assertThat(search.next()).contains(whole);
        assertThatThrownBy(() -> search.answer(Ask.all(List.of(1)), Seen.red())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksTheSameAgainWhenItsAnswersArePlayedAgain() {
        List<Ask> first = play(new Random(7));
        assertThat(play(new Random(7))).isEqualTo(first).hasSizeGreaterThan(10);
    }

    private static List<Ask> play(Random random) {
        return play(search(40, 0.1), tree -> tree.contains(9) || tree.contains(31) || random.nextDouble() < 0.1);
    }

    @Test
    void endsUndecidedWhereNothingIsEverGreen() {
        AdaptiveSearch search = search(16, 0.05);
        play(search, tree -> true);
        assertThat(search.findings().green()).isEmpty();
        assertThat(search.findings().undecided().size() + convicted(search).size()).isEqualTo(16);
    }

    @Test
    void blamesFewInnocentsWhereRunsAreRedByChance() {
        Random random = new Random(20261126);
        long wrong = 0;
        int found = 0;
        for (int batch = 0; batch < 300; batch++) {
            int bad = random.nextInt(32);
            AdaptiveSearch search = search(32, 0.1);
            play(search, tree -> tree.contains(bad) || random.nextDouble() < 0.1);
            found += convicted(search).contains(bad) ? 1 : 0;
            wrong += convicted(search).stream().filter(patch -> patch != bad).count();
            assertThat(search.findings().green()).doesNotContain(bad);
            assertThat(search.findings().convicted()).allMatch(conviction -> conviction.probability() >= 0.99);
        }
        assertThat(found).isGreaterThanOrEqualTo(297);
        assertThat(wrong).isLessThanOrEqualTo(9);
    }
}
