package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.core.culprit.SymptomSearch.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SymptomSearchTest {
    private static final int MANY = 300;

    private static BrokenBatch batch(int patches) {
        return new BrokenBatch(patches, 200, new Random(20261126));
    }

    private static List<Integer> convicted(Findings findings) {
        return findings.convicted().stream().map(Conviction::patch).sorted().toList();
    }

    /** Plays a search whose runs are answered by hand; fails if it does not end. */
    private static List<Ask> play(Search search, Function<Ask, Seen> suite) {
        List<Ask> asked = new ArrayList<>();
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            asked.add(ask.get());
            assertThat(asked.size()).isLessThan(200);
            search.answer(ask.get(), suite.apply(ask.get()));
        }
        return asked;
    }

    private static SymptomSearch search(List<Set<Integer>> needs, boolean selective) {
        return new SymptomSearch(new SymptomSearch.Settings(Needs.of(needs), Collections.nCopies(needs.size(), 0.01), test -> 0, 0, selective, 0.01, 1));
    }

    private static List<Set<Integer>> free(int patches) {
        return Collections.nCopies(patches, Set.of());
    }

    @Test
    void takesOneRunWhereNothingIsBad() {
        BrokenBatch batch = batch(64);
        Findings findings = batch.play(batch.search(1), 1);
        assertThat(batch.asked()).containsExactly(Ask.all(IntStream.range(0, 64).boxed().toList()));
        assertThat(findings.green()).hasSize(64);
        assertThat(findings.convicted()).isEmpty();
        assertThat(findings.undecided()).isEmpty();
    }

    @Test
    void endsAtOnceWhereThereIsNothing() {
        assertThat(batch(0).search(1).next()).isEmpty();
    }

    @Test
    void cutsWhatSeveralTestsSuspectInOneRun() {
        BrokenBatch batch = batch(64).breaks(5, "test1").breaks(20, "test2").breaks(41, "test3", "test4").breaks(60, "test5");
        Findings findings = batch.play(batch.search(1), 1);
        assertThat(convicted(findings)).containsExactly(5, 20, 41, 60);
        assertThat(findings.convicted()).filteredOn(conviction -> conviction.patch() == 41).first().extracting(Conviction::symptoms).isEqualTo(Set.of("test3", "test4"));
        assertThat(batch.asked()).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void looksForAPatchAtOnceWhereTestsFailTogether() {
        Settings unknown = new Settings(Needs.none(32), Collections.nCopies(32, 1.0 / 32), test -> 0.02, 0.02, false, 0.01, 1);
        BrokenBatch batch = new BrokenBatch(32, 800, new Random(0)).breaks(21, IntStream.range(0, 300).mapToObj(test -> "test" + test).toArray(String[]::new));
        assertThat(convicted(batch.play(new SymptomSearch(unknown), 1))).containsExactly(21);
        assertThat(batch.asked().stream().filter(ask -> ask.patches().size() == 32)).as("that the tests failed by chance is not worth a run").hasSize(1);
    }

    @Test
    void confirmsInOneRunAllWhoCanBeToldApart() {
        SymptomSearch search = search(List.of(Set.of(), Set.of(), Set.of(1), Set.of(), Set.of(3), Set.of()), false);
        Map<String, Set<Integer>> breakers = Map.of("test1", Set.of(1), "test2", Set.of(3));
        for (List<Integer> run : List.of(List.of(0, 1, 2, 3, 4, 5), List.of(0, 1), List.of(0, 3), List.of(0, 5))) {
            search.answer(Ask.all(run), answer(Ask.all(run), breakers));
        }
        Ask both = search.next().orElseThrow();
        assertThat(both.patches()).as("each with 5, with which it was not seen without what depends on it").containsExactly(0, 1, 3, 5);
        search.answer(both, answer(both, breakers));
        assertThat(convicted(search.findings())).containsExactly(1, 3);
        assertThat(search.next()).isEmpty();
    }

    @Test
    void leavesOutWhoBreaksTheTestsOfOthersToConfirmThoseInOneRun() {
        SymptomSearch search = search(free(7), false);
        Map<String, Set<Integer>> breakers = Map.of("own", Set.of(1), "test3", Set.of(1, 3), "test5", Set.of(1, 5));
        for (List<Integer> run : List.of(List.of(0, 1, 2, 3, 4, 5, 6), List.of(0, 2, 4, 6), List.of(0, 1), List.of(0, 3), List.of(0, 5))) {
            search.answer(Ask.all(run), answer(Ask.all(run), breakers));
        }
        List<Ask> asked = play(search, ask -> answer(ask, breakers));
        assertThat(asked).extracting(Ask::patches).containsExactly(List.of(0, 2, 3, 4, 5, 6));
        assertThat(convicted(search.findings())).containsExactly(1, 3, 5);
    }

    @Test
    void confirmsAPatchBesideABadOneThatItNeeds() {
        List<Set<Integer>> needs = new ArrayList<>(free(8));
        needs.set(1, Set.of(0));
        needs.set(6, Set.of(2));
        SymptomSearch search = search(needs, false);
        play(search, ask -> answer(ask, Map.of("a", Set.of(0), "b", Set.of(1), "c", Set.of(2))));
        assertThat(convicted(search.findings())).containsExactly(0, 1, 2);
    }

    /** Whether patch 7 breaks the test no run can tell: there is none with it and without the other. */
    @Test
    void confirmsASuspectAlsoWhereATestIsOnlyExplainedByWhoNeedsIt() {
        List<Set<Integer>> needs = new ArrayList<>(free(8));
        needs.set(7, Set.of(0));
        for (boolean selective : List.of(true, false)) {
            SymptomSearch search = search(needs, selective);
            play(search, ask -> answer(ask, Map.of("a", Set.of(0), "b", Set.of(7))));
            assertThat(convicted(search.findings())).contains(0);
        }
    }

    /** One patch ends the tests at the first; two others break 150 each, which shows without that one only. */
    @Test
    void namesNoMoreTestsToASuiteThanItCanTakeWhenMoreComeToLight() {
        List<Set<String>> broken = List.of(IntStream.range(0, 150).mapToObj(test -> "one" + test).collect(Collectors.toSet()),
                IntStream.range(0, 150).mapToObj(test -> "other" + test).collect(Collectors.toSet()));
        SymptomSearch search = search(free(32), true);
        List<Ask> asked = play(search, ask -> {
            if (ask.patches().contains(3)) {
                return Seen.red(Set.of("start"), Set.of());
            }
            Set<String> failed = new HashSet<>(ask.patches().contains(9) ? broken.get(0) : Set.of());
            failed.addAll(ask.patches().contains(20) ? broken.get(1) : Set.of());
            Set<String> passed = new HashSet<>(Set.of("start"));
            broken.forEach(passed::addAll);
            passed.removeAll(failed);
            if (!ask.only().isEmpty()) {
                failed.retainAll(ask.only());
                passed.retainAll(ask.only());
            }
            return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
        });
        assertThat(convicted(search.findings())).containsExactly(3, 9, 20);
        assertThat(asked).allSatisfy(ask -> assertThat(ask.only()).hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void looksForBothBreakersOfATestThatNothingElseShows() {
        BrokenBatch batch = batch(64).breaks(9, "test1").breaks(50, "test1");
        assertThat(convicted(batch.play(batch.search(1), 1))).containsExactly(9, 50);
    }

    @Test
    void runsFailingTestsAloneUntilAllIsExplained() {
        BrokenBatch batch = batch(32).breaks(7, "test1", "test2");
        batch.play(batch.search(1), 1);
        List<Ask> asked = batch.asked();
        assertThat(asked.get(0).only()).isEmpty();
        assertThat(asked.subList(1, asked.size() - 1)).allMatch(ask -> ask.only().equals(Set.of("test1", "test2")));
        assertThat(asked.get(asked.size() - 1).only()).isEmpty();
    }

    @Test
    void runsAllTestsWhereNoneCanBeRunAlone() {
        BrokenBatch batch = batch(32).breaks(7, "test1", "test2");
        Findings findings = batch.play(new SymptomSearch(batch.settings(false, 1)), 1);
        assertThat(batch.asked()).allMatch(ask -> ask.only().isEmpty());
        assertThat(convicted(findings)).containsExactly(7);
    }

    @Test
    void landsOnlyWhatWasInOneGreenRunOfAllTests() {
        for (int seed = 0; seed < 50; seed++) {
            BrokenBatch batch = new BrokenBatch(40, 100, new Random(seed)).broken(seed % 5, 0.5).failsFalsely(0.001);
            Findings findings = batch.play(batch.search(1), 1);
            assertThat(batch.green()).contains(Set.copyOf(findings.green()));
            assertThat(findings.green()).isSorted().noneMatch(convicted(findings)::contains);
        }
    }

    /** Limits: see docs/bench.md, where 10,000 batches are played. */
    @Test
    void blamesNobodyWronglyWhereTestsFailFalselyAndCulpritsShareOne() {
        double runs = 0;
        double suites = 0;
        for (int seed = 0; seed < MANY; seed++) {
            BrokenBatch batch = new BrokenBatch(64, 200, new Random(seed)).broken(4, 0.5).failsFalsely(0.05 / 200);
            assertThat(convicted(batch.play(batch.search(1), 1))).as("batch " + seed).containsExactlyElementsOf(batch.culprits());
            runs += batch.asked().size();
            suites += batch.suites();
        }
        assertThat(runs / MANY).isLessThan(10.5);
        assertThat(suites / MANY).isLessThan(3);
    }

    @Test
    void givesWorkersRunsThatTellMoreTogether() {
        double runs = 0;
        double rounds = 0;
        for (int seed = 0; seed < MANY; seed++) {
            BrokenBatch batch = new BrokenBatch(64, 200, new Random(seed)).broken(4, 0.5).failsFalsely(0.05 / 200);
            assertThat(convicted(batch.play(batch.search(8), 8))).as("batch " + seed).containsExactlyElementsOf(batch.culprits());
            runs += batch.asked().size();
            rounds += batch.rounds();
        }
        assertThat(rounds / MANY).isLessThan(3.7);
        assertThat(runs / MANY).isLessThan(18);
    }

    /** More than are believed in: it takes runs, and nobody is blamed for it. */
    @Test
    void blamesNobodyWronglyWhereFiveBreakTheSameTest() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            BrokenBatch batch = new BrokenBatch(48, 50, random);
            while (batch.culprits().size() < 5) {
                batch.breaks(random.nextInt(48), "test0");
            }
            assertThat(convicted(batch.play(batch.search(1), 1))).as("batch " + seed).containsExactlyElementsOf(batch.culprits());
        }
    }

    /** Some of so many behave by chance as if a patch broke them. */
    @Test
    void blamesNobodyWhereManyTestsFailAsTheyLike() {
        BrokenBatch batch = new BrokenBatch(16, 800, new Random(0)).failsFalsely(0.5);
        Settings trusting = new Settings(Needs.none(16), Collections.nCopies(16, 1.0 / 16), test -> 0.02, 0.02, false, 0.01, 1);
        assertThat(convicted(batch.play(new SymptomSearch(trusting), 1))).isEmpty();
    }

    /** As where they share a server that does not always come up. Where each of the tests counts somebody is blamed in 5 of 100 such batches. */
    @Test
    void blamesHardlyAnybodyWhereTestsFailTogetherAndNobodyKnows() {
        Set<String> shaky = IntStream.range(0, 10).mapToObj(test -> "shaky" + test).collect(Collectors.toSet());
        Set<String> steady = IntStream.range(0, 90).mapToObj(test -> "steady" + test).collect(Collectors.toSet());
        int blamed = 0;
        for (int seed = 0; seed < MANY; seed++) {
            Random random = new Random(seed);
            Search search = new Inquiry(Needs.none(32),
                    needs -> new SymptomSearch(new Settings(needs, Collections.nCopies(32, 1.0 / 32), test -> 0.02, 0.02, true, 0.01, 1)), 0.02, 0.01, 120);
            boolean[] begun = {false};
            play(search, ask -> {
                boolean fail = !begun[0] || random.nextDouble() < 0.1;
                begun[0] = true;
                Set<String> passed = new HashSet<>(steady);
                Set<String> failed = new HashSet<>(fail ? shaky : Set.of());
                passed.addAll(fail ? Set.of() : shaky);
                if (!ask.only().isEmpty()) {
                    passed.retainAll(ask.only());
                    failed.retainAll(ask.only());
                }
                return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
            });
            blamed += search.findings().convicted().isEmpty() ? 0 : 1;
        }
        assertThat(blamed).isLessThanOrEqualTo(MANY / 100);
    }

    @Test
    void convictsAllWhereNothingIsKnownOfTheTests() {
        for (int seed = 0; seed < MANY; seed++) {
            BrokenBatch batch = new BrokenBatch(32, 100, new Random(seed)).broken(2, 0.5);
            Settings unknown = new Settings(Needs.none(32), Collections.nCopies(32, 1.0 / 32), test -> 0.02, 0.02, true, 0.01, 1);
            assertThat(convicted(batch.play(new SymptomSearch(unknown), 1))).as("batch " + seed).containsExactlyElementsOf(batch.culprits());
        }
    }

    @Test
    void callsATestFlakyThatFailsOnceAndThenNeverAgain() {
        BrokenBatch batch = batch(16).breaks(3, "test1");
        SymptomSearch search = batch.search(1);
        Ask whole = search.next().orElseThrow();
        search.answer(whole, Seen.red(Set.of("test1", "test9"), Set.of("test2")));
        Findings findings = batch.play(search, 1);
        assertThat(convicted(findings)).containsExactly(3);
        assertThat(findings.flaky()).containsExactly("test9");
        assertThat(findings.green()).hasSize(15);
    }

    @Test
    void blamesNobodyForATestThatPassedWithAllPatchesAndFailsWithSome() {
        SymptomSearch search = search(free(8), true);
        int[] finals = {0};
        play(search, ask -> {
            Set<String> failed = new HashSet<>(ask.patches().contains(2) ? Set.of("a") : Set.of());
            if (ask.only().isEmpty() && ask.patches().size() == 7 && finals[0]++ == 0) {
                failed.add("b");
            }
            Set<String> passed = new HashSet<>(Set.of("a", "b", "c"));
            passed.removeAll(failed);
            return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
        });
        assertThat(convicted(search.findings())).containsExactly(2);
        assertThat(search.findings().green()).hasSize(7);
        assertThat(search.findings().flaky()).containsExactly("b");
    }

    @Test
    void saysNothingOfABatchThatBreaksBeforeItsTests() {
        SymptomSearch search = search(free(8), true);
        assertThat(play(search, ask -> Seen.red())).hasSize(1);
        assertThat(search.findings().undecided()).hasSize(8);
        assertThat(search.findings().convicted()).isEmpty();
    }

    /** Patch 5 does not compile without patch 1, and nobody has said so. */
    @Test
    void runsBeginningsWherePoolsBreakBeforeTheirTests() {
        SymptomSearch search = search(free(16), true);
        List<Ask> broken = new ArrayList<>();
        List<Ask> asked = play(search, ask -> {
            if (ask.patches().contains(5) && !ask.patches().contains(1)) {
                broken.add(ask);
                return Seen.red();
            }
            return answer(ask, Map.of("a", Set.of(0), "b", Set.of(9), "c", Set.of(12), "d", Set.of(15)));
        });
        assertThat(broken).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(2);
        assertThat(asked).doesNotHaveDuplicates();
        assertThat(convicted(search.findings())).containsExactly(0, 9, 12, 15);
    }

    /** Patch 9 fails a test without another, and nobody has said so; patch 12 always does. */
    @Test
    void doesNotBlameAPatchForWhatItLacksInAPool() {
        for (int lacked : List.of(1, 2, 3, 4, 6, 7, 8, 10, 11, 13, 14)) {
            int needed = lacked;
            SymptomSearch search = search(free(16), true);
            play(search, ask -> {
                boolean lacks = ask.patches().contains(9) && !ask.patches().contains(needed);
                return answer(ask, Map.of("a", lacks ? Set.of(9, 12) : Set.of(12), "b", Set.of(0, 15), "c", Set.of(5)));
            });
            assertThat(convicted(search.findings())).as("needs " + needed).doesNotContain(9).contains(12);
        }
    }

    /** Patch 0 needs a later one, and of the test by which that shows another patch is a breaker too. */
    @Test
    void doesNotBlameAPatchForALaterOneThatItLacks() {
        for (int needed = 1; needed < 16; needed++) {
            for (int bad = 1; bad < 16; bad++) {
                if (needed != bad) {
                    int lacked = needed;
                    Set<Integer> always = Set.of(bad);
                    Set<Integer> withoutIt = Set.of(0, bad);
                    SymptomSearch search = search(free(16), true);
                    play(search, ask -> answer(ask, Map.of("a", ask.patches().contains(0) && !ask.patches().contains(lacked) ? withoutIt : always)));
                    assertThat(convicted(search.findings())).as("needs " + needed).containsExactly(bad);
                }
            }
        }
    }

    private static Seen answer(Ask ask, Map<String, Set<Integer>> breakers) {
        Set<String> failed = new HashSet<>();
        Set<String> passed = new HashSet<>();
        breakers.forEach((test, patches) -> {
            if (ask.only().isEmpty() || ask.only().contains(test)) {
                (patches.stream().anyMatch(ask.patches()::contains) ? failed : passed).add(test);
            }
        });
        return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
    }

    /** What fails first keeps the others from running. */
    @Test
    void takesATestThatWasNotRunForUnknown() {
        SymptomSearch search = search(free(16), true);
        play(search, ask -> {
            Seen seen = answer(ask, Map.of("a", Set.of(3), "b", Set.of(11)));
            return seen.failed().contains("a") ? Seen.red(Set.of("a"), Set.of()) : seen;
        });
        assertThat(convicted(search.findings())).containsExactly(3, 11);
    }

    /** The suite ends at its first failure: in each run that could tell of test "d" one of the others fails before it. */
    @Test
    void doesNotAskAgainAndAgainForATestThatAnotherKeepsFromBeingRun() {
        List<Set<Integer>> needs = Stream.of(-1, 0, -1, 1, 0, 2, -1, -1, -1, -1, -1, -1, 1, 9, -1, 1, 10, 16, 12, -1)
                .map(need -> need < 0 ? Set.<Integer>of() : Set.of(need)).toList();
        Map<String, Set<Integer>> breakers = Map.of("a", Set.of(4), "b", Set.of(0), "c", Set.of(18), "d", Set.of(2));
        SymptomSearch search = new SymptomSearch(new Settings(Needs.of(needs), Collections.nCopies(20, 1.0 / 20), test -> 0.02, 0.02, true, 0.01, 1));
        List<Ask> asked = play(search, ask -> {
            Seen seen = answer(ask, breakers);
            return seen.failed().isEmpty() ? seen : firstFailure(seen);
        });
        assertThat(asked).allSatisfy(ask -> assertThat(Collections.frequency(asked, ask)).isLessThanOrEqualTo(6));
        assertThat(convicted(search.findings())).isSubsetOf(0, 2, 4, 18);
    }

    private static Seen firstFailure(Seen seen) {
        String first = Collections.min(seen.failed());
        return Seen.red(Set.of(first), seen.passed().stream().filter(test -> test.compareTo(first) < 0).collect(Collectors.toSet()));
    }

    @Test
    void goesOnWithAllTestsWhereOneFailsOnlyBesideOthers() {
        SymptomSearch search = search(free(16), true);
        List<Ask> asked = play(search, ask -> ask.only().isEmpty() ? answer(ask, Map.of("a", Set.of(6), "b", Set.of())) : Seen.green());
        assertThat(convicted(search.findings())).containsExactly(6);
        assertThat(search.findings().green()).hasSize(15);
        assertThat(asked.get(asked.size() - 1).only()).isEmpty();
    }

    @Test
    void blamesNobodyWhereATestAlwaysFailsAlone() {
        SymptomSearch search = search(free(16), true);
        play(search, ask -> ask.only().isEmpty() ? answer(ask, Map.of("a", Set.of(6), "b", Set.of())) : Seen.red(ask.only(), Set.of()));
        assertThat(convicted(search.findings())).isSubsetOf(6);
    }

    @Test
    void takesOutWithAPatchThoseThatNeedIt() {
        List<Set<Integer>> needs = new ArrayList<>(free(12));
        needs.set(7, Set.of(3));
        needs.set(9, Set.of(3, 7));
        SymptomSearch search = search(needs, true);
        List<Ask> asked = play(search, ask -> answer(ask, Map.of("a", Set.of(3), "b", Set.of())));
        assertThat(asked).allMatch(ask -> !ask.patches().contains(7) || ask.patches().contains(3));
        assertThat(convicted(search.findings())).containsExactly(3);
        assertThat(search.findings().green()).hasSize(9);
        assertThat(search.findings().undecided()).containsExactly(7, 9);
        search.drop(List.of(7, 9));
        assertThat(search.findings().undecided()).isEmpty();
    }

    @Test
    void decidesNothingOfTwoThatNeedEachOther() {
        List<Set<Integer>> needs = new ArrayList<>(free(8));
        needs.set(2, Set.of(5));
        needs.set(5, Set.of(2));
        SymptomSearch search = search(needs, true);
        play(search, ask -> answer(ask, Map.of("a", Set.of(5), "b", Set.of())));
        assertThat(search.findings().convicted()).isEmpty();
        assertThat(search.findings().undecided()).containsExactly(2, 5);
    }

    @Test
    void tellsWhichRunsNeedNotBeWaitedFor() {
        BrokenBatch batch = batch(32).breaks(7, "test1");
        SymptomSearch search = batch.search(2);
        Ask whole = search.next().orElseThrow();
        assertThat(search.next()).isEmpty();
        assertThat(search.tells(whole)).isTrue();
        search.answer(whole, batch.run(whole));
        assertThat(search.tells(whole)).isFalse();
        Ask half = search.next().orElseThrow();
        Ask quarters = search.next().orElseThrow();
        assertThat(quarters).isNotEqualTo(half);
        search.answer(half, Seen.red(Set.of("test1"), Set.of()));
        assertThat(search.tells(quarters)).isTrue();
        search.answer(new Ask(quarters.patches(), quarters.only()), Seen.none());
        assertThat(search.tells(quarters)).isFalse();
    }

    @Test
    void refusesSettingsThatAreNone() {
        assertThatThrownBy(() -> search(List.of(Set.of(4)), true)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("patch 0 needs patch 4");
        assertThatThrownBy(() -> new SymptomSearch.Settings(Needs.none(2), List.of(0.1), test -> 0, 0, true, 0.01, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 patches");
        assertThatThrownBy(() -> new SymptomSearch.Settings(Needs.none(1), List.of(0.1), test -> 0, 0, true, 0.01, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workers");
    }
}
