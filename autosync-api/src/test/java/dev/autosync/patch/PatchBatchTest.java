package dev.autosync.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchBatchTest {
    private static Patch patch(String id, String... needs) {
        return Patch.builder(id, "x").needs(needs).build();
    }

    private static List<String> order(Patch... patches) {
        return PatchBatch.of(patches).patches().stream().map(Patch::id).toList();
    }

    @Test
    void keepsTheOrderOfArrival() {
        assertThat(order(patch("c"), patch("a"), patch("b"))).containsExactly("c", "a", "b");
        assertThat(order()).isEmpty();
    }

    @Test
    void movesAPatchBehindThoseThatItNeedsAndNoFurther() {
        assertThat(order(patch("a", "c"), patch("b"), patch("c"), patch("d"))).containsExactly("c", "a", "b", "d");
        assertThat(order(patch("a", "c", "b"), patch("b", "d"), patch("c"), patch("d"))).containsExactly("c", "d", "b", "a");
    }

    @Test
    void ordersAChainOfAnyLength() {
        List<Patch> chain = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            chain.add(i == 99_999 ? patch("p" + i) : patch("p" + i, "p" + (i + 1)));
        }
        List<Patch> ordered = PatchBatch.of(chain).patches();

        assertThat(ordered).hasSize(100_000);
        assertThat(ordered.get(0).id()).isEqualTo("p99999");
        assertThat(ordered.get(99_999).id()).isEqualTo("p0");
    }

    @Test
    void refusesTwoPatchesWithOneId() {
        assertInvalid("two patches have the id 'a'", patch("a"), patch("b"), patch("a"));
    }

    @Test
    void refusesANeedThatNobodyMeets() {
        assertInvalid("patch 'a' needs 'b', which is not in the batch", patch("a", "b"));
    }

    @Test
    void namesTheCircleAndNotTheWayToIt() {
        assertInvalid("in a circle: b -> c -> b [", patch("a", "b"), patch("b", "c"), patch("c", "b"));
        assertInvalid("in a circle: a -> a [", patch("a", "a"));
    }

    @Test
    void staysBriefAboutALongCircle() {
        Patch[] circle = new Patch[1000];
        for (int i = 0; i < circle.length; i++) {
            circle[i] = patch("p" + i, "p" + (i + 1) % circle.length);
        }
        assertInvalid("p0 -> p1 -> p2 -> p3 -> p4 -> p5 -> p6 -> p7 -> p8 -> p9 -> ... -> p0 [", circle);
    }

    private static void assertInvalid(String why, Patch... patches) {
        assertThatThrownBy(() -> PatchBatch.of(patches)).hasMessageContaining(why)
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.BATCH_INVALID);
    }
}
