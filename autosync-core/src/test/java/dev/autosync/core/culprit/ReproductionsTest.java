package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.culprit.Reproductions.Suspect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReproductionsTest {

    private static Suspect suspect(int patch, String... tests) {
        return new Suspect(patch, Symptom.of(Set.of(tests)));
    }

    private static Reproductions of(double falseRed, Suspect... suspects) {
        return new Reproductions(List.of(suspects), Needs.none(10), Rates.known(falseRed, 1), 0.01);
    }

    @Test
    void takesOneRunForAllWhoseTestsDiffer() {
        Reproductions search = of(0.01, suspect(2, "a", "b"), suspect(5, "c"), suspect(7, "d"));
        Ask ask = search.next().orElseThrow();
        assertThat(ask.patches()).containsExactly(2, 5, 7);
        search.answer(ask, Seen.red(Set.of("a", "c"), Set.of("b", "d")));
        assertThat(search.next()).isEmpty();
        assertThat(search.alone()).containsExactly(2, 5);
        assertThat(search.together()).containsExactly(7);
    }

    @Test
    void runsThoseThatShareTestsApart() {
        Reproductions search = of(0, suspect(2, "a"), suspect(5, "a", "b"), suspect(7, "c"));
        Ask first = search.next().orElseThrow();
        assertThat(first.patches()).containsExactly(2, 7);
        search.answer(first, Seen.red(Set.of("a", "c"), Set.of()));
        assertThat(search.next()).map(Ask::patches).contains(List.of(5));
    }

    @Test
    void runsThoseThatBreakBuildsByThemselves() {
        Reproductions search = of(0, suspect(2), suspect(5), suspect(7, "c"));
        Ask first = search.next().orElseThrow();
        assertThat(first.patches()).containsExactly(2);
        search.answer(first, Seen.red());
        search.answer(search.next().orElseThrow(), Seen.green());
        assertThat(search.alone()).containsExactly(2);
        assertThat(search.together()).containsExactly(5);
        assertThat(search.next()).map(Ask::patches).contains(List.of(7));
    }

    @Test
    void looksAgainByItselfAtWhatAnotherOneMayHide() {
        Reproductions search = of(0, suspect(2, "a"), suspect(5, "b"));
        search.answer(search.next().orElseThrow(), Seen.red());
        Ask second = search.next().orElseThrow();
        assertThat(second.patches()).containsExactly(2);
        search.answer(second, Seen.red());
        search.answer(search.next().orElseThrow(), Seen.red(Set.of("b"), Set.of()));
        assertThat(search.unclear()).containsExactly(2);
        assertThat(search.alone()).containsExactly(5);
    }

    @Test
    void repeatsARunWhereRedsAreSeldomWorthAnything() {
        Reproductions search = of(0.3, suspect(2, "a"));
        Ask ask = search.next().orElseThrow();
        search.answer(ask, Seen.red(Set.of("a"), Set.of()));
        assertThat(search.alone()).isEmpty();
        assertThat(search.next()).contains(ask);
        search.answer(ask, Seen.none());
        assertThat(search.next()).contains(ask);
        search.answer(ask, Seen.red(Set.of("a"), Set.of()));
        assertThat(search.alone()).containsExactly(2);
    }

    @Test
    void takesAlongWhatASuspectNeeds() {
        Needs needs = Needs.none(4).with(3, List.of(1));
        Reproductions search = new Reproductions(List.of(suspect(3, "a")), needs, Rates.known(0, 1), 0.01);
        assertThat(search.next()).map(Ask::patches).contains(List.of(1, 3));
    }
}
