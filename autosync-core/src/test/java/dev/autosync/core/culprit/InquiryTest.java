package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
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

class InquiryTest {
    /** A search that knows of a run only whether it was red. */
    static Search byColour(Needs needs, double falseRed) {
        return new AdaptiveSearch(needs, Prior.unknown(needs.patches()), Rates.known(falseRed, 1), AdaptiveSearch.Settings.ofDefaults(), null);
    }

    private static final int FILES = 36;

    private static Inquiry inquiry(int patches, double falseRed) {
        return new Inquiry(Needs.none(patches), needs -> byColour(needs, Math.max(falseRed, 1e-4)), falseRed, 0.01, 120);
    }

    private static List<List<Integer>> play(Inquiry inquiry, Release release) {
        List<List<Integer>> runs = new ArrayList<>();
        for (Optional<Ask> ask = inquiry.next(); ask.isPresent(); ask = inquiry.next()) {
            runs.add(ask.get().patches());
            inquiry.answer(ask.get(), release.run(ask.get().patches()));
        }
        return runs;
    }

    private static Set<Integer> convicted(Search search) {
        TreeSet<Integer> convicted = new TreeSet<>();
        search.findings().convicted().forEach(conviction -> convicted.add(conviction.patch()));
        return convicted;
    }

    @Test
    void takesOneRunWhereThePatchesAreGreenOnlyTogether() {
        Release release = new Release(Needs.none(8).with(2, List.of(5)).with(5, List.of(2)), Set.of(), List.of());
        Inquiry inquiry = inquiry(8, 0);
        assertThat(play(inquiry, release)).hasSize(1);
        assertThat(inquiry.findings().green()).hasSize(8);
    }

    /** Patch 1 needs patch 6, and patch 4 is bad. A search that only sees red and green blames patch 1 as well. */
    @Test
    void doesNotBlameAPatchThatOnlyLacksALaterOne() {
        Release release = new Release(Needs.none(8).with(1, List.of(6)), Set.of(), List.of(Set.of(4)));
        Search control = byColour(Needs.none(8), 1e-4);
        for (Optional<Ask> ask = control.next(); ask.isPresent(); ask = control.next()) {
            control.answer(ask.get(), release.run(ask.get().patches()));
        }
        assertThat(convicted(control)).contains(1);

        Inquiry inquiry = inquiry(8, 0);
        assertThat(play(inquiry, release)).hasSizeLessThanOrEqualTo(14);
        assertThat(convicted(inquiry)).containsExactly(4);
        assertThat(inquiry.findings().green()).containsExactly(0, 1, 2, 3, 5, 6, 7);
    }

    /** Four patches need later ones to be built; runs of the tests that failed alone break as runs of all do. */
    @Test
    void learnsFromBrokenRunsOfSomeTests() {
        Release release = new Release(Needs.none(16).with(1, List.of(14)).with(3, List.of(12)).with(5, List.of(10)).with(7, List.of(8)), Set.of(),
                List.of(Set.of(4), Set.of(11)));
        Inquiry inquiry = new Inquiry(Needs.none(16),
                needs -> new SymptomSearch(new SymptomSearch.Settings(needs, Collections.nCopies(16, 0.02), test -> 0, 0, true, 0.01, 1)), 0, 0.01, 120);
        play(inquiry, release);
        assertThat(convicted(inquiry)).containsExactly(4, 11);
        assertThat(inquiry.findings().green()).hasSize(14);
    }

    @Test
    void blamesTheHalvesOfARefactoringTogetherWhereOneIsBad() {
        Release release = new Release(Needs.none(8).with(2, List.of(5)).with(5, List.of(2)), Set.of(), List.of(Set.of(5)));
        Inquiry inquiry = inquiry(8, 0);
        play(inquiry, release);
        assertThat(convicted(inquiry)).containsExactly(2, 5);
        assertThat(inquiry.findings().convicted()).extracting(Findings.Conviction::patch).containsExactlyInAnyOrder(2, 5);
        assertThat(inquiry.findings().green()).containsExactly(0, 1, 3, 4, 6, 7);
    }

    @Test
    void doesNotBlameHalvesWhereAnotherPatchBreaksTheBuild() {
        Release release = new Release(Needs.none(12).with(2, List.of(9)).with(9, List.of(2)), Set.of(5), List.of());
        Inquiry inquiry = inquiry(12, 0);
        play(inquiry, release);
        assertThat(convicted(inquiry)).containsExactly(5);
        assertThat(inquiry.findings().green()).hasSize(11).doesNotContain(5);
    }

    @Test
    void namesACombinationAndBlamesNobodyAlone() {
        Release release = new Release(Needs.none(32), Set.of(), List.of(Set.of(3, 20)));
        Inquiry inquiry = inquiry(32, 0);
        play(inquiry, release);
        assertThat(convicted(inquiry)).isEmpty();
        assertThat(inquiry.findings().combinations()).singleElement().satisfies(combined -> {
            assertThat(combined.out()).isEqualTo(20);
            assertThat(combined.patches()).containsExactly(3, 20);
        });
        assertThat(inquiry.findings().green()).hasSize(31).doesNotContain(20);
        assertThat(inquiry.findings().undecided()).isEmpty();
    }

    /** The build breaks with both of two, as where each of them declares the same: neither of them lacks another. */
    @Test
    void doesNotSayThatPatchesNeedOthersThatCannotBeBuiltTogether() {
        for (int patches : List.of(4, 16, 32)) {
            Inquiry inquiry = inquiry(patches, 0);
            for (Optional<Ask> ask = inquiry.next(); ask.isPresent(); ask = inquiry.next()) {
                inquiry.answer(ask.get(), ask.get().patches().containsAll(List.of(0, 3)) ? Seen.red(Set.of(), Set.of()) : Seen.green());
            }
            assertThat(inquiry.findings().combinations()).singleElement().extracting(Findings.Combined::patches).isEqualTo(List.of(0, 3));
            assertThat(inquiry.findings().needs()).isEmpty();
        }
    }

    /** With the bad one tests fail, so that it is not what broke the build of a set with it. */
    @Test
    void saysWhichPatchOneNeedsThoughABadOneWasThereWhenItWasMissing() {
        int found = 0;
        for (int seed = 0; seed < 100; seed++) {
            List<Integer> places = new ArrayList<>(IntStream.range(0, 8).boxed().toList());
            Collections.shuffle(places, new Random(seed));
            int bad = places.get(0);
            int needy = places.get(1);
            int needed = places.get(2);
            Inquiry inquiry = new Inquiry(Needs.none(8),
                    needs -> new SymptomSearch(new SymptomSearch.Settings(needs, Collections.nCopies(8, 0.02), test -> 0, 0, true, 0.01, 1)), 0, 0.01, 120);
            List<List<Integer>> runs = play(inquiry, new Release(Needs.none(8).with(needy, List.of(needed)), Set.of(), List.of(Set.of(bad))));
            boolean always = runs.stream().filter(run -> run.contains(needy) && !run.contains(needed)).allMatch(run -> run.contains(bad));
            found += always && !inquiry.findings().needs().isEmpty() ? 1 : 0;
            inquiry.findings().needs().forEach((patch, others) -> {
                assertThat(patch).isEqualTo(needy);
                assertThat(others).contains(needed);
            });
        }
        assertThat(found).as("where each set that broke had the bad one in it").isPositive();
    }

    /** 36 files, a third of which cannot be built alone, in any order; one is bad. One by one about 12 innocents are blamed in 36 runs. */
    @Test
    void blamesTheOneBadFileOfAReleaseAndNobodyElse() {
        int releases = 60;
        int runs = 0;
        int found = 0;
        long blamedOneByOne = 0;
        int green = 0;
        int mayLand = 0;
        for (int seed = 0; seed < releases; seed++) {
            Random random = new Random(seed);
            Needs truth = Release.needs(FILES, 1 / 3.0, random);
            int bad = random.nextInt(FILES);
            Release release = new Release(truth, Set.of(), List.of(Set.of(bad)));
            Inquiry inquiry = inquiry(FILES, 0);
            runs += play(inquiry, release).size();
            blamedOneByOne += release.blamedOneByOne();
            assertThat(truth.unit(bad)).as("release %d", seed).containsAll(convicted(inquiry));
            found += convicted(inquiry).equals(Set.copyOf(truth.unit(bad))) ? 1 : 0;
            assertThat(release.run(inquiry.findings().green())).isEqualTo(Seen.green());
            green += inquiry.findings().green().size();
            mayLand += FILES - truth.withDependents(Needs.bits(List.of(bad))).cardinality();
        }
        assertThat(blamedOneByOne / (double) releases).isGreaterThan(12);
        assertThat(found).isGreaterThanOrEqualTo(52);
        assertThat(runs / (double) releases).isLessThanOrEqualTo(36);
        assertThat(green / (double) mayLand).isGreaterThan(0.95);
    }

    @Test
    void findsBothBadFilesOfARelease() {
        int found = 0;
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Needs truth = Release.needs(FILES, 0.2, random);
            int one = random.nextInt(FILES);
            int other = random.nextInt(FILES);
            Inquiry inquiry = inquiry(FILES, 0);
            play(inquiry, new Release(truth, Set.of(), List.of(Set.of(one), Set.of(other))));
            Set<Integer> guilty = new TreeSet<>(truth.unit(one));
            guilty.addAll(truth.unit(other));
            assertThat(guilty).containsAll(convicted(inquiry));
            found += convicted(inquiry).equals(guilty) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(26);
    }

    @Test
    void asksAgainForARunThatWasNoEvidence() {
        Release release = new Release(Release.needs(FILES, 1 / 3.0, new Random(5)), Set.of(), List.of(Set.of(7)));
        List<List<Integer>> plain = play(inquiry(FILES, 0), release);
        Inquiry inquiry = inquiry(FILES, 0);
        List<List<Integer>> answered = new ArrayList<>();
        for (Optional<Ask> ask = inquiry.next(); ask.isPresent(); ask = inquiry.next()) {
            inquiry.answer(ask.get(), Seen.none());
            assertThat(inquiry.next()).isEqualTo(ask);
            answered.add(ask.get().patches());
            inquiry.answer(ask.get(), release.run(ask.get().patches()));
        }
        assertThat(answered).isEqualTo(plain);
    }

    /** Whatever is asked for, and whatever the runs say, it ends, lands only what one run has shown to be green, and asks the same again. */
    @Property(tries = 150)
    void alwaysEndsAndLandsOnlyWhatWasGreen(@ForAll @IntRange(min = 1, max = 20) int patches, @ForAll long seed) {
        List<List<Integer>> first = random(patches, seed);
        assertThat(random(patches, seed)).isEqualTo(first);
    }

    private static List<List<Integer>> random(int patches, long seed) {
        Random random = new Random(seed);
        Inquiry inquiry = inquiry(patches, 0.05);
        List<List<Integer>> runs = new ArrayList<>();
        Set<Integer> green = new HashSet<>();
        for (Optional<Ask> ask = inquiry.next(); ask.isPresent(); ask = inquiry.next()) {
            runs.add(ask.get().patches());
            assertThat(runs).hasSizeLessThan(4_000);
            Seen seen = switch (random.nextInt(4)) {
                case 0 -> Seen.green();
                case 1 -> Seen.red();
                case 2 -> Seen.red(Set.of("a"), Set.of("b"));
                default -> Seen.red(Set.of("b"), Set.of());
            };
            if (seen.colour() == Seen.Colour.GREEN) {
                green.addAll(ask.get().patches());
            }
            inquiry.answer(ask.get(), seen);
        }
        Findings found = inquiry.findings();
        assertThat(green).containsAll(found.green());
        assertThat(IntStream.range(0, patches).boxed().toList()).containsAll(found.undecided());
        assertThat(convicted(inquiry)).noneMatch(found.green()::contains);
        return runs;
    }
}
