package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final Needs CHAIN = Needs.of(List.of(List.of(), List.of(0), List.of(1), List.of()));

    @Test
    void addsAllThatIsNeededThroughOthers() {
        assertThat(CHAIN.closed(List.of(2))).containsExactly(0, 1, 2);
        assertThat(CHAIN.of(2)).containsExactlyInAnyOrder(0, 1);
        assertThat(CHAIN.closed(List.of(3))).containsExactly(3);
    }

    @Test
    void findsAllThatNeedAPatch() {
        assertThat(CHAIN.withDependents(Needs.bits(List.of(1))).stream().boxed()).containsExactly(1, 2);
    }

    @Test
    void handsOnWhatIsLearntLaterToThoseThatNeedThePatch() {
        Needs more = CHAIN.with(0, List.of(3));
        assertThat(more.closed(List.of(2))).containsExactly(0, 1, 2, 3);
        assertThat(CHAIN.closed(List.of(2))).containsExactly(0, 1, 2);
    }

    @Test
    void takesThoseThatNeedEachOtherAsOne() {
        Needs unit = CHAIN.with(0, List.of(2));
        assertThat(unit.unit(1)).containsExactly(0, 1, 2);
        assertThat(unit.units(List.of(1, 3))).containsExactly(List.of(0, 1, 2), List.of(3));
    }

    @Test
    void putsWhatIsNeededFirst() {
        Needs backwards = Needs.of(List.of(List.of(2), List.of(), List.of()));
        assertThat(backwards.units(List.of(0, 1))).containsExactly(List.of(2), List.of(0), List.of(1));
    }
}
