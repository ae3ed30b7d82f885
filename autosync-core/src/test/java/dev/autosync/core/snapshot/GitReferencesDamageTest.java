package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots that refer to what real git has, when that is gone, damaged or another, or when a call fails. */
class GitReferencesDamageTest extends GitSnapshots {

    @Test
    void restoresWhatGitHasThrownAway() throws Exception {
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        someFiles(10);
        git.commit("first");
        git.git("branch", "other");
        contents.put(keep(), content());
        for (int round = 0; round < 3; round++) {
            someFiles(3);
            git.commit("round " + round);
            if (round == 1) {
                git.gc();
            }
            contents.put(keep(), content());
        }
        assertThat(tree.packBytes()).isLessThan(10_000);

        git.git("checkout", "-q", "other");
        git.git("branch", "-q", "-D", "master");
        git.gc();
        assertHolds(contents);
        // The control: it is the links that hold them.
        String last = contents.keySet().stream().reduce((one, next) -> next).orElseThrow();
        for (Path link : links()) {
            Files.delete(link);
        }
        assertThatThrownBy(() -> tree.content(tree.healed(), last)).isInstanceOf(AutoSyncException.class)
                .hasMessageContaining(tree.workspace.state("snapshots/git").toString()).hasMessageContaining("is not there any more")
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
        // What is there still is kept again, with what else is needed.
        String again = keep();
        assertHolds(Map.of(again, content()));
    }

    @Test
    void keepsAnewWhatAPowerCutHasLeftEmpty() throws Exception {
        tree.write("file", noise(3_000));
        git.commit("all");
        String cut = keep();
        // Both names of the file: git does not force objects in files of their own.
        Path link = links().get(0);
        link.toFile().setWritable(true);
        Files.write(link, new byte[0]);
        assertThatThrownBy(() -> tree.content(tree.healed(), cut)).isInstanceOf(AutoSyncException.class);

        keep();
        assertHolds(Map.of(cut, content()));
    }

    @Test
    void keepsAnewWhatWasFoundDamaged() throws Exception {
        tree.write("file", noise(3_000));
        git.commit("all");
        SnapshotStore store = tree.open();
        Snapshot last = tree.scan();
        String id = tree.keep(store, last).snapshot().orElseThrow().id();
        Path link = links().get(0);
        link.toFile().setWritable(true);
        byte[] damaged = Files.readAllBytes(link);
        damaged[damaged.length / 2] ^= 1;
        Files.write(link, damaged);
        tree.keep(store, last);
        assertThatThrownBy(() -> tree.content(store, id)).as("nobody has looked at it").isInstanceOf(AutoSyncException.class);

        tree.keep(store, last);
        assertHolds(Map.of(id, content()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one of its links", "the link to the pack", "the folder of its links"})
    void noticesThatSomebodyHasDeleted(String what) throws Exception {
        someFiles(5);
        git.commit("all");
        if (what.contains("pack")) {
            git.gc();
        }
        SnapshotStore store = tree.open();
        Snapshot last = tree.scan();
        String id = tree.keep(store, last).snapshot().orElseThrow().id();
        for (int i = 0; i < 3; i++) {
            tree.keep(store, last);
        }
        deleteAll(what.contains("folder") ? tree.workspace.state("snapshots/git") : links().get(0));
        tree.keep(store, last);

        assertThat(tree.content(store, id)).isEqualTo(content());
        assertHolds(Map.of(id, content()));
        assertThat(links()).hasSize(what.contains("pack") ? 1 : 5);
    }

    @Test
    void takesNoOtherPackOfTheSameNameForTheOneThatItHeld() throws Exception {
        byte[] content = noise(3_000);
        tree.write("file", content);
        git.commit("file");
        packAs("0".repeat(40));
        String id = keep();
        Map<String, String> held = content();
        deleteAll(tree.workspace.state("snapshots/git"));
        // JGit names a pack by the objects in it, whatever bytes they are packed to.
        deleteAll(root.resolve(".git"));
        initGit();
        tree.write("file", noise(4_000));
        git.commit("another one");
        packAs("0".repeat(40));
        keep();

        tree.write("file", content);
        keep();
        assertHolds(Map.of(id, held));
    }

    private void packAs(String name) throws Exception {
        git.gc();
        Path pack = pack();
        for (String suffix : List.of(".pack", ".idx")) {
            Files.move(pack.resolveSibling(String.valueOf(pack.getFileName()).replace(".pack", suffix)), pack.resolveSibling("pack-" + name + suffix));
        }
    }

    @Test
    void survivesEveryCallThatFailsOrIsTheLastOfItsProcess() throws Exception {
        tree.write("one", noise(1_200_000));
        tree.write("two", noise(2_000));
        git.commit("all");
        git.git("repack", "-a", "-d", "-q");
        Map<String, Map<String, String>> before = Map.of(keep(), content());
        tree.write("three", noise(3_000));
        git.commit("more");
        git.git("repack", "-a", "-d", "-q");
        tree.write("three", noise(3_000));
        git.commit("loose");
        tree.write("four", noise(1_000));
        Path template = root;
        for (boolean dies : new boolean[] {false, true}) {
            int n = 0;
            boolean fired;
            do {
                n++;
                root = folder.toRealPath().resolve(dies + "-" + n);
                // Which keeps what are two names of one file.
                assertThat(new ProcessBuilder("cp", "-a", template.toString(), root.toString()).start().waitFor()).isZero();
                fired = failsAt(n, dies, before);
            } while (fired);
            assertThat(n).as("calls of a snapshot that moves to another pack").isGreaterThan(10);
        }
    }

    /** A snapshot after git has thrown a pack away, whose n-th call fails. Says whether there were as many calls. */
    private boolean failsAt(int n, boolean dies, Map<String, Map<String, String>> before) throws Exception {
        FaultyFiles faulty = unforced();
        tree = new KeptTree(root, faulty, DEFAULTS);
        Map<String, Map<String, String>> contents = new LinkedHashMap<>(before);
        SnapshotStore store = tree.open();
        if (dies) {
            faulty.dieAt(n);
        } else {
            faulty.failAt(n);
        }
        Keeping.Outcome outcome = tree.keep(store);
        boolean fired = faulty.heal();
        if (outcome.snapshot().isPresent()) {
            contents.put(outcome.snapshot().get().id(), content());
        }
        assertHolds(contents);
        contents.put(keep(), content());
        assertHolds(contents);
        assertThat(links()).as("after call %d", n).hasSizeLessThanOrEqualTo(3);
        return fired;
    }

    @Test
    void readsNothingWrongFromADamagedRepository() throws Exception {
        StringBuilder text = new StringBuilder(text(1_500));
        for (int i = 0; i < 4; i++) {
            text.insert(random.nextInt(text.length()), "change " + i);
            tree.write("version" + i, text.toString());
        }
        git.commit("packed");
        git.git("repack", "-a", "-d", "-f", "-q");
        git.git("prune-packed");
        tree.write("loose", noise(300));
        git.commit("loose");
        Map<String, String> content = content();
        List<Path> objects = git.objects().stream().filter(file -> !file.toString().endsWith(".rev")).toList();
        int copied = 0;
        int referred = 0;
        for (int round = 0; round < 60; round++) {
            Path damaged = objects.get(random.nextInt(objects.size()));
            byte[] good = Files.readAllBytes(damaged);
            damaged.toFile().setWritable(true);
            Files.write(damaged, Damage.of(good, random));
            deleteAll(tree.workspace.state(""));
            String id = keep();
            assertThat(tree.content(tree.healed(), id)).as("round %d, %s", round, damaged).isEqualTo(content);
            if (tree.packBytes() > 1_500) {
                copied++;
            } else {
                referred++;
            }
            Files.write(damaged, good);
        }
        assertThat(copied).isGreaterThan(5);
        assertThat(referred).as("what is not looked at was damaged").isGreaterThan(5);
    }

    @Test
    void restoresNothingWrongFromADamagedLink() throws Exception {
        tree.write("a", noise(400));
        git.commit("a");
        git.gc();
        tree.write("b", noise(300));
        git.commit("b");
        String id = keep();
        Map<String, String> content = content();
        List<Path> links = links();
        assertThat(links).hasSize(2);
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            Path link = links.get(round % 2);
            byte[] good = Files.readAllBytes(link);
            link.toFile().setWritable(true);
            Files.write(link, Damage.of(good, random));
            try {
                assertThat(tree.content(tree.healed(), id)).as("round %d", round).isEqualTo(content);
            } catch (AutoSyncException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
                assertThat(e).hasMessageContaining(link.toString());
                refused++;
            }
            Files.write(link, good);
        }
        assertThat(refused).isGreaterThan(50);
        assertHolds(Map.of(id, content));
    }

    /** What becomes of files. */
    private static final class Damage {
        static byte[] of(byte[] good, Random random) {
            if (random.nextInt(3) == 0) {
                return Arrays.copyOf(good, random.nextInt(good.length));
            }
            byte[] bad = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bad;
        }
    }
}
