package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which snapshots and contents are kept, by number and by room. */
class SnapshotRetentionTest extends SmallTreeSnapshots {

    @Test
    void keepsTheInitialSnapshotAndTheLatestOnes() throws Exception {
        tree = with(DEFAULTS.keep(4));
        SnapshotStore store = tree.open();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tree.write("a.txt", "version " + i);
            ids.add(tree.keep(store).snapshot().orElseThrow().id());
        }

        List<String> left = List.of(ids.get(0), ids.get(7), ids.get(8), ids.get(9));
        assertThat(KeptTree.ids(store)).isEqualTo(left);
        assertThat(KeptTree.ids(tree.healed())).isEqualTo(left);
        assertThat(tree.content(tree.healed(), ids.get(7))).containsEntry("a.txt", "version 7");
    }

    @Test
    void dropsTheOldestSnapshotsWhenAllTakeTooMuch() throws Exception {
        tree = with(DEFAULTS.maxBytes(1 << 20));
        SnapshotStore store = tree.open();
        Map<String, Map<String, String>> contents = new HashMap<>();
        String first = "";
        for (int i = 0; i < 12; i++) {
            tree.write("large", noise(200_000));
            Keeping.Outcome outcome = tree.keep(store);
            assertThat(outcome.why()).as("cycle %d", i).isEmpty();
            String id = outcome.snapshot().orElseThrow().id();
            contents.put(id, tree.content());
            first = first.isEmpty() ? id : first;
            assertThat(tree.packBytes()).isLessThanOrEqualTo(1 << 20);
        }
        assertThat(KeptTree.ids(store)).hasSizeBetween(3, 5).startsWith(first);
        for (String id : KeptTree.ids(tree.healed())) {
            assertThat(tree.content(tree.healed(), id)).isEqualTo(contents.get(id));
        }
    }

    @Test
    void doesNotDropWhatTheSnapshotNeedsThatItMakesRoomFor() throws Exception {
        tree = with(DEFAULTS.maxBytes(1 << 20));
        SnapshotStore store = tree.open();
        byte[] again = noise(100_000);
        for (byte[] content : List.of(noise(10), again, noise(100_000), noise(100_000))) {
            tree.write("large", content);
            tree.keep(store);
        }
        tree.write("large", again);
        tree.write("more", noise(750_000));
        String id = tree.keep(store).snapshot().orElseThrow().id();

        assertThat(KeptTree.ids(tree.healed())).as("those between have made room").hasSizeLessThan(5).endsWith(id);
        assertThat(tree.content(tree.healed(), id)).isEqualTo(tree.content());
        assertThat(tree.packBytes()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void doesWithoutContentsWhereThereIsNoRoomForThem() throws Exception {
        tree = with(DEFAULTS.maxBytes(1 << 20));
        SnapshotStore store = tree.open();
        String first = tree.keep(store).snapshot().orElseThrow().id();
        tree.write("huge", noise(1_100_000));
        Keeping.Outcome tooMuch = tree.keep(store);
        assertThat(tooMuch.snapshot()).isEmpty();
        assertThat(tooMuch.why()).contains("snapshot.maxBytes");
        assertThat(KeptTree.ids(tree.healed())).containsExactly(first);

        Files.delete(root.resolve("huge"));
        tree.write("small", noise(1000));
        assertThat(tree.keep(store).snapshot()).isPresent();
    }

    @Test
    void leavesSomeOfTheDiskFree() throws Exception {
        tree = with(SnapshotLimits.ofDefaults().minFreeBytes(1000));
        tree.usable(2000);
        SnapshotStore store = tree.open();
        Keeping.Outcome full = tree.keep(store);
        assertThat(full.snapshot()).isEmpty();
        assertThat(full.why()).contains("2000").contains("snapshot.minFreeBytes");
        assertThat(tree.packBytes()).isZero();

        tree.usable(1 << 20);
        assertThat(tree.keep(store).snapshot()).isPresent();
        assertThat(tree.content(tree.healed(), KeptTree.ids(store).get(0))).isEqualTo(tree.content());
    }

    @Test
    void keepsNothingWhereNothingIsToBeKept() throws Exception {
        tree = with(DEFAULTS.keep(0));
        Keeping.Outcome outcome = tree.keep(tree.open());

        assertThat(outcome.snapshot()).isEmpty();
        assertThat(outcome.why()).isEmpty();
        assertThat(tree.packs()).isEmpty();
    }

    @Test
    void namesLargeFilesWithoutTheirContents() throws Exception {
        tree = with(DEFAULTS.maxFileBytes(10_000));
        tree.write("large", noise(10_001));
        tree.write("fits", noise(10_000));
        SnapshotStore store = tree.open();
        KeptSnapshot kept = tree.keep(store).snapshot().orElseThrow();

        assertThat(kept.notRestorable()).isEqualTo(2);
        assertThat(tree.packBytes()).isBetween(10_000L, 13_000L);
        tree.write("large", noise(10_002));
        assertThat(store.plan(kept.id(), tree.scan()).plan().left()).singleElement()
                .satisfies(left -> assertThat(left.reason()).contains("10002").contains("snapshot.maxFileBytes"));
    }

    /** All 100,000 cycles with {@code -Dautosync.snapshot.cycles=100000}. */
    @Test
    void staysSmallOverManyCycles() throws Exception {
        int cycles = Integer.getInteger("autosync.snapshot.cycles", 150);
        tree = new KeptTree(root, unforced(), DEFAULTS.maxBytes(1 << 20));
        SnapshotStore store = tree.open();
        long most = 0;
        for (int i = 0; i < cycles; i++) {
            tree.write("a.txt", noise(15_000));
            if (i % 100 == 0) {
                tree.write("some/file" + i / 100 % 50, noise(2000));
            }
            assertThat(tree.keep(store).snapshot()).isPresent();
            most = Math.max(most, tree.packBytes());
        }
        assertThat(most).isLessThanOrEqualTo(1 << 20);
        assertThat(KeptTree.ids(store)).hasSize(20);
        assertThat(store.contentsKnown()).as("entries held in memory").isLessThan(600);
        assertThat(tree.content(tree.healed(), KeptTree.ids(store).get(19))).isEqualTo(tree.content());
    }
}
