package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

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

class SequentialSearchTest {
    private static final Rates RATES = new Rates(0.01, 1, 1);

    enum Strategy {
        ONE_BY_ONE {
            @Override
            Search of(Needs needs) {
                return new OneByOne(needs, RATES, 0.1);
            }
        },
        BISECTION {
            @Override
            Search of(Needs needs) {
                return new Bisection(needs, RATES, 0.1);
            }
        },
        DELTA_DEBUGGING {
            @Override
            Search of(Needs needs) {
                return new DeltaDebugging(needs, RATES, 0.1);
            }
        };

        abstract Search of(Needs needs);
    }

    private static List<Integer> convicted(Search search) {
        return search.findings().convicted().stream().map(Conviction::patch).sorted().toList();
    }

    private static List<Ask> play(Search search, Predicate<Collection<Integer>> red) {
        List<Ask> asks = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            assertThat(search.next()).as("one run at a time").isEmpty();
            asks.add(ask.get());
            search.answer(ask.get(), red.test(ask.get().patches()) ? Seen.red() : Seen.green());
            assertThat(asks).hasSizeLessThan(5_000);
        }
        return asks;
    }

    @Property(tries = 300)
    void findsExactlyTheBadPatchesAndLandsTheOthersTogetherFromOneGreenRun(@ForAll Strategy strategy, @ForAll @IntRange(max = 40) int patches,
            @ForAll @IntRange(max = 5) int most, @ForAll long seed) {
        Random random = new Random(seed);
        Set<Integer> bad = new HashSet<>();
        List<Set<Integer>> on = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            on.add(patch > 0 && random.nextInt(4) == 0 ? Set.of(random.nextInt(patch)) : Set.of());
        }
        for (int i = 0; i < Math.min(most, patches); i++) {
            bad.add(random.nextInt(patches));
        }
        Needs needs = Needs.of(on);
        Search search = strategy.of(needs);

        List<Ask> asks = play(search, tree -> tree.stream().anyMatch(bad::contains));

        Set<Integer> lost = new HashSet<>(bad);
        IntStream.range(0, patches).filter(patch -> needs.of(patch).stream().anyMatch(bad::contains)).forEach(lost::add);
        List<Integer> green = search.findings().green();
        assertThat(bad).containsAll(convicted(search));
        assertThat(convicted(search)).containsAll(bad.stream().filter(patch -> needs.of(patch).stream().noneMatch(bad::contains)).toList());
        assertThat(green).hasSize(patches - lost.size()).noneMatch(lost::contains);
        assertThat(green.isEmpty() || asks.contains(Ask.all(green))).isTrue();
        assertThat(search.findings().undecided()).isEmpty();
        assertThat(asks).allSatisfy(ask -> assertThat(ask.patches()).allSatisfy(patch -> assertThat(ask.patches()).containsAll(needs.of(patch))));
    }

    @Test
    void triesEachPatchOnTopOfTheGoodOnes() {
        assertThat(play(Strategy.ONE_BY_ONE.of(Needs.none(4)), tree -> tree.contains(1))).extracting(Ask::patches)
                .containsExactly(List.of(0), List.of(0, 1), List.of(0, 2), List.of(0, 2, 3));
    }

    @Test
    void halvesTheBatchUntilTheFirstBadPatchIsFound() {
        assertThat(play(Strategy.BISECTION.of(Needs.none(8)), tree -> tree.contains(5))).extracting(ask -> ask.patches().size())
                .containsExactly(8, 4, 6, 5, 7);
    }

    @Test
    void makesARedBatchSmallerUntilNoPartOfItCanBeLeftOut() {
        Search search = Strategy.DELTA_DEBUGGING.of(Needs.none(8));
        List<Ask> asks = play(search, tree -> tree.contains(2) && tree.contains(6));
        assertThat(asks).extracting(Ask::patches).contains(List.of(2, 6));
        assertThat(convicted(search)).as("of those that are red together only the last one goes").containsExactly(6);
        assertThat(search.findings().green()).containsExactly(0, 1, 2, 3, 4, 5, 7);
    }

    @Property(tries = 200)
    void endsWhateverTheRunsSay(@ForAll Strategy strategy, @ForAll @IntRange(max = 20) int patches, @ForAll long seed) {
        Random random = new Random(seed);
        Search search = strategy.of(Needs.none(patches));
        play(search, tree -> random.nextBoolean());
        Findings findings = search.findings();
        assertThat(findings.convicted().size() + findings.green().size() + findings.undecided().size()).isEqualTo(patches);
    }

    @Property(tries = 50)
    void asksAgainWhatWasNoEvidence(@ForAll Strategy strategy) {
        Search search = strategy.of(Needs.none(5));
        Ask ask = search.next().orElseThrow();
        search.answer(ask, Seen.none());
        assertThat(search.next()).contains(ask);
    }

    @Test
    void namesTheProbabilityThatOneRunOfEachKindLeaves() {
        Search search = Strategy.ONE_BY_ONE.of(Needs.none(1));
        play(search, tree -> true);
        assertThat(search.findings().convicted().get(0).probability()).isEqualTo(0.1 / (0.1 + 0.9 * 0.01));
    }
}
