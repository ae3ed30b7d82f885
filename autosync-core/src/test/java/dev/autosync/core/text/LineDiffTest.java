package dev.autosync.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void equalSequencesHaveNoChange() {
        assertThat(LineDiff.of(new int[] {1, 2}, new int[] {1, 2})).isEmpty();
        assertThat(LineDiff.of(new int[0], new int[0])).isEmpty();
    }

    @Test
    void anInsertionAmongEqualLinesStandsAtTheLastOfThem() {
        assertThat(LineDiff.of(new int[] {7, 1, 1, 8}, new int[] {7, 1, 1, 1, 8})).containsExactly(new LineDiff.Change(3, 3, 3, 4));
        assertThat(LineDiff.of(new int[] {7, 1, 1, 8}, new int[] {7, 1, 8})).containsExactly(new LineDiff.Change(2, 3, 2, 2));
    }

    @Test
    void sequencesWithNothingInCommonAreOneChangeFoundQuickly() {
        int[] a = IntStream.range(0, 20_000).toArray();
        int[] b = IntStream.range(20_000, 60_000).toArray();
        assertThat(LineDiff.of(a, b)).containsExactly(new LineDiff.Change(0, 20_000, 0, 40_000));
    }

    @Test
    void farApartSequencesAreStillTurnedIntoEachOther() {
        Random random = new Random(7);
        int[] a = random.ints(30_000, 0, 40).toArray();
        int[] b = random.ints(25_000, 0, 40).toArray();
        assertThat(apply(a, b, LineDiff.of(a, b))).isEqualTo(b);
    }

    @Property(tries = 2_000)
    void theChangesTurnTheOldLinesIntoTheNewOnesAndAreFewest(@ForAll long seed) {
        Random random = new Random(seed);
        int[] a = random.ints(random.nextInt(25), 0, 4).toArray();
        int[] b = random.ints(random.nextInt(25), 0, 4).toArray();
        List<LineDiff.Change> changes = LineDiff.of(a, b);
        assertThat(apply(a, b, changes)).isEqualTo(b);
        int cost = changes.stream().mapToInt(c -> c.oldTo() - c.oldFrom() + c.newTo() - c.newFrom()).sum();
        assertThat(cost).isEqualTo(a.length + b.length - 2 * longestCommon(a, b));
    }

    private static int[] apply(int[] a, int[] b, List<LineDiff.Change> changes) {
        IntStream.Builder out = IntStream.builder();
        int at = 0;
        int last = -1;
        for (LineDiff.Change change : changes) {
            assertThat(change.oldFrom()).isGreaterThan(last);
            Arrays.stream(a, at, change.oldFrom()).forEach(out);
            Arrays.stream(b, change.newFrom(), change.newTo()).forEach(out);
            at = change.oldTo();
            last = change.oldTo();
        }
        Arrays.stream(a, at, a.length).forEach(out);
        return out.build().toArray();
    }

    private static int longestCommon(int[] a, int[] b) {
        int[][] length = new int[a.length + 1][b.length + 1];
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                length[i][j] = a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1 : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.length][b.length];
    }
}
