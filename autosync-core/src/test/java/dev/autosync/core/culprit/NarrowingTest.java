package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.culprit.Narrowing.End;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NarrowingTest {
    private static final Symptom SYMPTOM = Symptom.of(Set.of("test0"));

    private static int play(Narrowing search, Release release) {
        int runs = 0;
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            runs++;
            search.answer(ask.get(), release.run(ask.get().patches()));
        }
        return runs;
    }

    @Test
    void leavesOutLittleAtFirst() {
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(36), 0, 0.01, 100);
        assertThat(search.next().orElseThrow().patches()).hasSizeGreaterThan(30);
    }

    @Test
    void findsTheBadPatchOfMany() {
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(36), 0, 0.01, 100);
        assertThat(play(search, new Release(Needs.none(36), Set.of(), List.of(Set.of(17))))).isLessThanOrEqualTo(16);
        assertThat(search.result().orElseThrow().end()).isEqualTo(End.FOUND);
        assertThat(search.result().orElseThrow().patches()).containsExactly(17);
    }

    @Test
    void namesAUnitAsAWhole() {
        Needs truth = Needs.none(12).with(3, List.of(8)).with(8, List.of(3));
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(12), 0, 0.01, 100);
        play(search, new Release(truth, Set.of(), List.of(Set.of(8))));
        assertThat(search.result().orElseThrow().end()).isEqualTo(End.FOUND);
        assertThat(search.result().orElseThrow().patches()).containsExactly(3, 8);
    }

    @Test
    void namesNobodyWhereTheWholeIsGreenWhenRepeated() {
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(12), 0.05, 0.01, 100);
        play(search, new Release(Needs.none(12), Set.of(), List.of(Set.of(99))));
        assertThat(search.result().orElseThrow().end()).isEqualTo(End.CONTRADICTED);
    }

    @Test
    void saysWhenRunsDoNotSuffice() {
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(36), 0, 0.01, 2);
        assertThat(play(search, new Release(Needs.none(36), Set.of(), List.of(Set.of(17))))).isEqualTo(2);
        assertThat(search.result().orElseThrow().end()).isEqualTo(End.UNPROVEN);
        assertThat(search.result().orElseThrow().patches()).contains(17);
    }

    /** Where no run errs, what is found is the bad patch, or its unit. */
    @Property(tries = 100)
    void namesNobodyElse(@ForAll @IntRange(min = 1, max = 24) int patches, @ForAll long seed) {
        Random random = new Random(seed);
        Needs truth = patches == 1 ? Needs.none(1) : Release.needs(patches, 0.3, random);
        int bad = random.nextInt(patches);
        Release release = new Release(truth, Set.of(), List.of(Set.of(bad)));
        Narrowing search = Narrowing.of(SYMPTOM, Needs.none(patches), 0, 0.01, 60);
        assertThat(play(search, release)).isLessThanOrEqualTo(60);
        Narrowing.Result found = search.result().orElseThrow();
        assertThat(found.patches()).contains(bad);
        assertThat(found.end() == End.UNPROVEN || truth.unit(bad).equals(found.patches())).isTrue();
        assertThat(release.run(found.with().patches()).failed()).containsExactly("test0");
        assertThat(release.run(found.without().patches())).isEqualTo(Seen.green());
    }
}
