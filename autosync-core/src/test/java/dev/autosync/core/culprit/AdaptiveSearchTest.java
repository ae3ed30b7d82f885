package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.culprit.AdaptiveSearch.Conviction;
import dev.autosync.core.culprit.AdaptiveSearch.Run;
import dev.autosync.core.culprit.AdaptiveSearch.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdaptiveSearchTest {

    private static AdaptiveSearch search(int patches, double falseRed) {
        return new AdaptiveSearch(patches, Prior.beta(0.5, patches), Rates.known(falseRed, 1), Settings.ofDefaults(), null);
    }

    private static List<Integer> convicted(AdaptiveSearch search) {
        return search.convicted().stream().map(Conviction::patch).sorted().toList();
    }

    @Test
    void takesOneRunWhereNothingIsBad() {
        AdaptiveSearch search = search(64, 0);
        assertThat(search.next()).map(Run::patches).hasValueSatisfying(patches -> assertThat(patches).hasSize(64));
        search.answer(false);
        assertThat(search.next()).isEmpty();
        assertThat(search.landed()).hasSize(64);
        assertThat(search.convicted()).isEmpty();
    }

    @Test
    void endsAtOnceWhereThereIsNothing() {
        assertThat(search(0, 0).next()).isEmpty();
    }

    /** Where no run errs. */
    @Property(tries = 200)
    void findsExactlyTheBadPatchesAndLandsTheOthersFromGreenRuns(@ForAll @IntRange(min = 1, max = 70) int patches, @ForAll @IntRange(max = 6) int most,
            @ForAll long seed) {
        Random random = new Random(seed);
        Set<Integer> bad = new HashSet<>();
        for (int i = 0; i < Math.min(most, patches); i++) {
            bad.add(random.nextInt(patches));
        }
        AdaptiveSearch search = search(patches, 0);
        List<Set<Integer>> green = new ArrayList<>();
        for (Optional<Run> run = search.next(); run.isPresent(); run = search.next()) {
            Set<Integer> tree = new HashSet<>(run.get().patches());
            tree.addAll(search.landed());
            boolean red = tree.stream().anyMatch(bad::contains);
            if (!red) {
                green.add(tree);
            }
            search.answer(red);
        }
        assertThat(convicted(search)).containsExactlyElementsOf(bad.stream().sorted().toList());
        assertThat(search.landed()).hasSize(patches - bad.size()).noneMatch(bad::contains);
        assertThat(search.landed()).allMatch(patch -> green.stream().anyMatch(tree -> tree.contains(patch)));
    }

    @Test
    void asksTheSameAgainWhenItsAnswersArePlayedAgain() {
        List<Run> first = play(new Random(7));
        assertThat(play(new Random(7))).isEqualTo(first).hasSizeGreaterThan(10);
    }

    private static List<Run> play(Random random) {
        AdaptiveSearch search = search(40, 0.1);
        List<Run> runs = new ArrayList<>();
        for (Optional<Run> run = search.next(); run.isPresent(); run = search.next()) {
            runs.add(run.get());
            search.answer(run.get().patches().contains(9) || run.get().patches().contains(31) || random.nextDouble() < 0.1);
        }
        return runs;
    }

    @Test
    void blamesFewInnocentsWhereRunsAreRedByChance() {
        Random random = new Random(20261126);
        long wrong = 0;
        int found = 0;
        for (int batch = 0; batch < 300; batch++) {
            int bad = random.nextInt(32);
            AdaptiveSearch search = search(32, 0.1);
            for (Optional<Run> run = search.next(); run.isPresent(); run = search.next()) {
                search.answer(run.get().patches().contains(bad) || random.nextDouble() < 0.1);
            }
            found += convicted(search).contains(bad) ? 1 : 0;
            wrong += convicted(search).stream().filter(patch -> patch != bad).count();
            assertThat(search.landed()).doesNotContain(bad);
            assertThat(search.convicted()).allMatch(conviction -> conviction.probability() >= 0.99);
        }
        assertThat(found).isGreaterThanOrEqualTo(297);
        assertThat(wrong).isLessThanOrEqualTo(9);
    }
}
