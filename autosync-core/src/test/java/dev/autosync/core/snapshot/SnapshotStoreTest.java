package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.RealFiles;
import dev.autosync.snapshot.KeptSnapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept is found again, whatever happens to the process and to the packs. */
class SnapshotStoreTest extends SmallTreeSnapshots {

    @Test
    void keepsEveryContentAndFindsItAgainInANewProcess() throws Exception {
        Map<String, String> before = tree.content();
        String first = tree.keep(tree.open()).snapshot().orElseThrow().id();
        tree.write("a.txt", "changed");
        Files.delete(root.resolve("link"));
        tree.write("new/file", noise(3 << 20));
        Map<String, String> after = tree.content();
        SnapshotStore later = tree.open();
        String second = tree.keep(later, "a label").snapshot().orElseThrow().id();

        SnapshotStore fresh = tree.healed();
        assertThat(KeptTree.ids(fresh)).containsExactly(first, second);
        assertThat(tree.content(fresh, first)).isEqualTo(before);
        assertThat(tree.content(fresh, second)).isEqualTo(after);
        KeptSnapshot listed = fresh.list().get(1);
        assertThat(listed.label()).contains("a label");
        assertThat(listed.cycle()).isEmpty();
        assertThat(fresh.list().get(0).cycle()).contains("cycle");
        assertThat(listed.summary().contentHash()).isEqualTo(tree.scan().summary().contentHash());
    }

    @Test
    void forcesOnceForEachSnapshotAndOnceTheFolderForASegment() throws Exception {
        SnapshotStore store = tree.open();
        for (int i = 0; i < 300; i++) {
            tree.write("many/file" + i, noise(2000));
        }
        tree.keep(store);
        assertThat(List.of(files.count("log.force"), files.count("forceFolder"), files.count("force"))).containsExactly(1, 1, 0);

        for (int i = 0; i < 3; i++) {
            tree.write("many/file" + i, noise(2000));
            tree.keep(store);
        }
        assertThat(List.of(files.count("log.force"), files.count("forceFolder"), files.count("force"))).containsExactly(4, 1, 0);
        assertThat(tree.packs()).hasSize(1);
    }

    @Test
    void writesNothingWhenNothingIsNew() throws Exception {
        SnapshotStore store = tree.open();
        KeptSnapshot first = tree.keep(store).snapshot().orElseThrow();
        int forced = files.count("log.force");
        int appended = files.count("log.append");
        long bytes = tree.packBytes();

        assertThat(tree.keep(store).snapshot()).contains(first);
        assertThat(tree.keep(tree.open()).snapshot()).contains(first);
        assertThat(List.of(files.count("log.force"), files.count("log.append"), files.count("create"))).containsExactly(forced, appended, 1);
        assertThat(tree.packBytes()).isEqualTo(bytes);
    }

    @Test
    void keepsTheSameContentOnceAndDeflatesWhatGetsSmaller() throws Exception {
        SnapshotStore store = tree.open();
        tree.keep(store);
        long before = tree.packBytes();
        byte[] large = noise(100_000);
        tree.write("large", large);
        tree.write("moved/large", large);
        tree.keep(store);

        assertThat(tree.packBytes() - before).isBetween(100_000L, 101_000L);
        assertThat(before).as("13,500 bytes of text among them").isLessThan(3_000);
    }

    @Test
    void keepsPacksFromTheEyesOfOthers() throws Exception {
        tree.keep(tree.open());

        assertThat(Files.getPosixFilePermissions(tree.packs().get(0))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void neverGivesAnythingElseForAFlippedBit() throws Exception {
        tree = new KeptTree(Files.createDirectory(root.resolve("small")), files, DEFAULTS);
        tree.write("a.txt", "alpha");
        tree.write("text", "a line that repeats itself\n".repeat(20));
        Map<String, Map<String, String>> contents = new HashMap<>();
        SnapshotStore store = tree.open();
        contents.put(tree.keep(store).snapshot().orElseThrow().id(), tree.content());
        tree.write("a.txt", "changed");
        contents.put(tree.keep(store).snapshot().orElseThrow().id(), tree.content());
        store.close();
        Path pack = tree.packs().get(0);
        byte[] good = Files.readAllBytes(pack);

        int detected = 0;
        int vanished = 0;
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(pack, bad);
            SnapshotStore damaged = tree.healed();
            List<String> ids = KeptTree.ids(damaged);
            vanished += ids.size() < 2 ? 1 : 0;
            for (String id : ids) {
                try {
                    assertThat(tree.content(damaged, id)).as("byte %d", at).isEqualTo(contents.get(id));
                } catch (AutoSyncException e) {
                    detected++;
                    assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
                    assertThat(e).hasMessageContaining(pack.toString()).hasMessageContaining("byte ");
                }
            }
        }
        // A flip in a content is told when it is read, one in a seal when the packs are opened.
        assertThat(detected).isGreaterThan(200);
        assertThat(vanished).isGreaterThan(300);
    }

    @Test
    void keepsAnewWhatWasFoundDamaged() throws Exception {
        SnapshotStore store = tree.open();
        Snapshot last = tree.scan();
        String id = tree.keep(store, last).snapshot().orElseThrow().id();
        long whole = tree.packBytes();
        Path pack = tree.packs().get(0);
        byte[] bytes = Files.readAllBytes(pack);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("alpha")] ^= 1;
        Files.write(pack, bytes);
        tree.keep(store, last);
        assertThat(tree.packBytes()).as("nobody has looked at it").isEqualTo(whole);
        assertThatThrownBy(() -> tree.content(store, id)).isInstanceOf(AutoSyncException.class);

        tree.keep(store, last);
        assertThat(tree.content(store, id)).isEqualTo(tree.content());
        assertThat(tree.content(tree.healed(), id)).isEqualTo(tree.content());
        assertThat(tree.packBytes() - whole).as("nothing else is written again").isBetween(1L, 300L);
    }

    @Test
    void readsASegmentThatWasCutAnywhereUpToItsLastFinishedSnapshot() throws Exception {
        SnapshotStore store = tree.open();
        List<String> ids = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tree.write("a.txt", "version " + i);
            ids.add(tree.keep(store).snapshot().orElseThrow().id());
            ends.add(tree.packBytes());
        }
        store.close();
        Path pack = tree.packs().get(0);
        byte[] whole = Files.readAllBytes(pack);
        for (int cut = whole.length; cut >= 0; cut -= 17) {
            Files.write(pack, Arrays.copyOf(whole, cut));
            int length = cut;
            long finished = ends.stream().filter(end -> end <= length).count();
            SnapshotStore torn = tree.healed();
            assertThat(KeptTree.ids(torn)).as("cut to %d", cut).isEqualTo(ids.subList(0, (int) finished));
            if (finished > 0) {
                assertThat(tree.content(torn, ids.get((int) finished - 1))).containsEntry("a.txt", "version " + (finished - 1));
            }
        }
    }

    @Test
    void takesNoFileOfTheWorkspaceForAPack() throws Exception {
        SnapshotStore store = tree.open();
        tree.keep(store);
        // The tree holds a copy of its own pack, seals and all, and the new pack is torn.
        tree.write("copy-of-pack", Files.readAllBytes(tree.packs().get(0)));
        store.close();
        String id = tree.keep(tree.open()).snapshot().orElseThrow().id();
        Path second = tree.packs().get(1);
        byte[] whole = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(whole, whole.length - 1));

        assertThat(KeptTree.ids(tree.healed())).hasSize(1).doesNotContain(id);
    }

    @Test
    void abandonsASegmentThatCouldNotBeForced() throws Exception {
        SnapshotStore store = tree.open();
        String first = tree.keep(store).snapshot().orElseThrow().id();
        tree.write("a.txt", "changed");
        files.failNext("log.force");
        Keeping.Outcome failed = tree.keep(store);
        assertThat(failed.snapshot()).isEmpty();
        assertThat(failed.why()).contains("injected");
        assertThat(KeptTree.ids(store)).containsExactly(first);

        String second = tree.keep(store).snapshot().orElseThrow().id();
        assertThat(tree.packs()).hasSize(2);
        assertThat(KeptTree.ids(tree.healed())).containsExactly(first, second);
        assertThat(tree.content(tree.healed(), second)).isEqualTo(tree.content());
    }

    @Test
    void survivesEveryCallThatFailsOrIsTheLastOfItsProcess() throws Exception {
        for (boolean dies : new boolean[] {false, true}) {
            int n = 0;
            boolean fired;
            do {
                n++;
                Path folder = Files.createDirectory(root.resolveSibling(root.getFileName() + "-" + dies + n));
                fired = failsAt(folder, n, dies);
            } while (fired);
            assertThat(n).as("calls of a snapshot with a sweep").isGreaterThan(10);
        }
    }

    /** A snapshot that makes older ones go, whose n-th call fails. Says whether there were as many calls. */
    private boolean failsAt(Path folder, int n, boolean dies) throws Exception {
        FaultyFiles faulty = unforced();
        KeptTree one = new KeptTree(folder, faulty, DEFAULTS.keep(3).maxBytes(1 << 20));
        SnapshotStore store = one.open();
        Map<String, Map<String, String>> contents = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            one.write("half", noise(100_000));
            one.write("other" + i % 2, noise(60_000));
            contents.put(one.keep(store).snapshot().orElseThrow().id(), one.content());
        }
        List<String> before = KeptTree.ids(store);
        one.write("half", noise(100_000));
        one.write("more", noise(300_000));
        if (dies) {
            faulty.dieAt(n);
        } else {
            faulty.failAt(n);
        }
        Keeping.Outcome outcome = one.keep(store);
        boolean fired = faulty.heal();
        outcome.snapshot().ifPresent(kept -> contents.put(kept.id(), uncheckedContent(one)));
        SnapshotStore healed = dies ? one.healed() : store;
        List<String> after = KeptTree.ids(healed);
        assertThat(after).as("call %d", n).startsWith(before.get(0)).hasSizeGreaterThanOrEqualTo(2);
        if (outcome.snapshot().isEmpty()) {
            // What died right before it was forced may be there.
            assertThat(after.get(after.size() - 1)).as("call %d", n).matches(id -> id.equals(before.get(before.size() - 1))
                    || dies && last(one).startsWith(id.substring(id.indexOf('-') + 1)));
        }
        for (String id : after) {
            if (contents.containsKey(id)) {
                assertThat(one.content(healed, id)).as("call %d, %s", n, id).isEqualTo(contents.get(id));
            }
        }
        String next = one.keep(one.open(new RealFiles())).snapshot().orElseThrow().id();
        assertThat(one.content(one.healed(), next)).as("after call %d", n).isEqualTo(one.content());
        assertThat(one.packBytes()).isLessThanOrEqualTo(1 << 20);
        return fired;
    }

    private static String last(KeptTree tree) {
        try {
            return tree.scan().summary().contentHash();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> uncheckedContent(KeptTree tree) {
        try {
            return tree.content();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void removesWhatACrashHasLeftWhenTheWorkspaceIsTakenAgain() throws Exception {
        SnapshotStore store = tree.open();
        tree.keep(store);
        Path folder = tree.workspace.state("snapshots");
        new RealFiles().create(folder.resolve("00000009-0000000000000001.pack"), new FileImage(Segment.header(1), FileImage.NO_MODE));
        Files.writeString(folder.resolve("index.0815.tmp"), "half");
        try (RandomAccessFile unfinished = new RandomAccessFile(folder.resolve("00000009-0000000000000001.pack").toFile(), "rw")) {
            unfinished.seek(Segment.HEADER);
            unfinished.write(noise(5000));
        }
        SnapshotStore later = tree.open();
        assertThat(KeptTree.ids(later)).as("whoever only looks removes nothing").hasSize(1);
        assertThat(tree.packs()).hasSize(2);

        tree.keep(later);
        assertThat(tree.packs()).hasSize(1);
        assertThat(folder.resolve("index.0815.tmp")).doesNotExist();
    }

    @Test
    void goesOnWithoutAPackThatCannotBeRead() throws Exception {
        SnapshotStore store = tree.open();
        tree.keep(store);
        store.close();
        Path pack = tree.packs().get(0);
        Files.delete(pack);
        // Whoever reads it, and be it root, gets an error.
        Files.createDirectory(pack);

        String second = tree.keep(tree.open()).snapshot().orElseThrow().id();
        assertThat(tree.content(tree.healed(), second)).isEqualTo(tree.content()).isNotEmpty();
        assertThat(KeptTree.ids(tree.healed())).hasSize(1);
        assertThat(pack).isDirectory();
    }

    @Test
    void followsNoLinkInPlaceOfItsFolder() throws Exception {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("mine.tmp"), "mine");
        Files.writeString(elsewhere.resolve("mine.pack"), "mine");
        tree.workspace.createState();
        Files.createSymbolicLink(tree.workspace.state("snapshots"), elsewhere);

        assertThatThrownBy(() -> tree.keep(tree.open())).isInstanceOf(AutoSyncException.class).hasMessageContaining("it is not a folder");
        assertThat(elsewhere.resolve("mine.tmp")).hasContent("mine");
        assertThat(elsewhere.resolve("mine.pack")).hasContent("mine");
    }

    @Test
    void saysWhichSnapshotItDoesNotKnow() {
        assertThatThrownBy(() -> tree.open().find("7-0123abcd")).isInstanceOf(AutoSyncException.class).hasMessageContaining("'7-0123abcd'")
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.SNAPSHOT_UNKNOWN);
    }

    @Test
    void noticesWhatAnotherProcessHasKept() throws Exception {
        SnapshotStore one = tree.open();
        SnapshotStore other = tree.open();
        tree.keep(one);
        tree.write("a.txt", "one");
        tree.keep(other);
        tree.write("a.txt", "two");
        String last = tree.keep(one).snapshot().orElseThrow().id();

        assertThat(KeptTree.ids(one)).hasSize(3).isEqualTo(KeptTree.ids(other));
        assertThat(tree.content(other, last)).isEqualTo(tree.content());
    }

    @Test
    void writesNothingMoreForAWorkspaceThatWasLost() throws Exception {
        SnapshotStore store = tree.open();
        try (Keeping keeping = store.begin(() -> {
            throw new IllegalStateException("lost");
        }, Set.of())) {
            assertThatThrownBy(() -> keeping.keep(tree.scan(), "", "")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(tree.packs()).isEmpty();
        assertThat(tree.keep(store).snapshot()).isPresent();
    }
}
