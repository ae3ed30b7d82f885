package dev.autosync.core.journal;

import static dev.autosync.core.journal.Tree.images;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at any call, on a disk that keeps no more than it must. Real cuts of real file systems: {@code autosync-bench/run crash}.
 *
 * <p>The long run: {@code -Dtest=PowerCutTest -Dautosync.cuts=20000}.
 */
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("autosync.cuts", 80);
    private static final String[] PATHS = {"a", "b", "d/c", "d/e/f", "l", "g", "kind", "kind/below"};

    @TempDir
    Path folder;

    /** What one life of a machine came to. */
    private final class Life {
        final Random random;
        final Path root;
        final Workspace workspace;
        final VolatileDisk disk;
        int boot;
        Map<String, String> before;
        Map<String, String> after = Map.of();
        boolean acknowledged;

        Life(long seed, boolean forcing) throws IOException {
            random = new Random(seed);
            root = Files.createDirectory(folder.resolve((forcing ? "w" : "control") + seed));
            Files.writeString(root.resolve("a"), "old a".repeat(300));
            Files.writeString(root.resolve("b"), "old b");
            Files.createDirectory(root.resolve("d"));
            Files.writeString(root.resolve("d/c"), "old c");
            Files.createSymbolicLink(root.resolve("l"), Path.of("a"));
            Files.writeString(root.resolve("kind"), "a file");
            workspace = Workspace.at(root);
            workspace.createState();
            disk = new VolatileDisk(root, forcing);
            before = tree();
        }

        Journal journal() {
            return new Journal(workspace, disk, () -> "boot-" + boot);
        }

        void work() {
            try (Transaction transaction = journal().begin("t", () -> { })) {
                transaction.put(state(), Map.of());
                transaction.put(state(), Map.of());
                after = tree();
                transaction.commit("p");
                acknowledged = true;
                transaction.checkpoint();
            } catch (AutoSyncException e) {
                // It died, which is what is tested.
            }
        }

        private Map<String, Image> state() {
            List<String> state = new ArrayList<>();
            for (String path : PATHS) {
                boolean below = path.equals("kind/below");
                if (path.equals("kind") || random.nextInt(3) > 0 && !below) {
                    String text = "new " + path + random.nextInt(10);
                    state.addAll(path.equals("kind") ? List.of("kind", "/") : path.equals("l") ? List.of(path, "-> " + text) : List.of(path, text.repeat(1 + random.nextInt(400))));
                } else if (!below) {
                    state.add(path);
                    state.add(null);
                }
            }
            state.addAll(List.of("kind/below", "x " + random.nextInt(10)));
            return images(state.toArray(String[]::new));
        }

        void cut() throws IOException {
            disk.cut(random);
            boot++;
        }

        void recover() {
            journal().recovery(() -> { }).run();
            journal().recovery(() -> { }).forget();
        }

        /** Of folders that a transaction has created itself an empty one goes at its end. */
        private Map<String, String> tree() {
            Map<String, String> tree = Tree.of(root);
            if (!tree.containsKey("d/e/f")) {
                tree.remove("d/e");
            }
            return tree;
        }

        boolean whole() {
            Map<String, String> tree = tree();
            return tree.equals(after) || !acknowledged && tree.equals(before);
        }
    }

    /** How many of some lives did not end before or after the batch, or lost what was acknowledged. */
    private int violations(int lives, boolean forcing, boolean recovering, boolean twice) throws IOException {
        int violations = 0;
        for (int seed = 0; seed < lives; seed++) {
            Life life = new Life(seed, forcing);
            life.disk.dieAfter(life.random.nextInt(160));
            life.work();
            life.cut();
            if (recovering && twice) {
                life.disk.dieAfter(life.random.nextInt(60));
                try {
                    life.recover();
                } catch (AutoSyncException e) {
                    // It died as well.
                }
                life.cut();
            }
            if (recovering) {
                life.recover();
            }
            boolean whole = life.whole();
            life.cut();
            violations += whole && life.whole() ? 0 : 1;
        }
        return violations;
    }

    @Test
    void leavesAllBeforeOrAllAfterAndNothingAcknowledgedIsLost() throws IOException {
        assertThat(violations(CUTS, true, true, false)).isZero();
    }

    @Test
    void survivesACutOfTheRecoveryToo() throws IOException {
        assertThat(violations(CUTS, true, true, true)).isZero();
    }

    @Test
    void wouldBeHalfDoneOrLostWithoutForcedWritesOrWithoutRecovery() throws IOException {
        assertThat(violations(30, false, true, false)).as("nothing is forced").isGreaterThan(5);
        assertThat(violations(30, true, false, false)).as("nobody recovers").isGreaterThan(5);
    }

    /** Killed, recovered, then cut: what recovery found to be right already was in memory alone until then. */
    @Test
    void makesDurableWhatAKilledProcessHadWritten() throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            Life life = new Life(1_000_000L + seed, true);
            life.disk.dieAfter(60 + life.random.nextInt(100));
            life.work();
            life.disk.dieAfter(Integer.MAX_VALUE);
            life.recover();
            assertThat(life.whole()).as("seed %d, recovered", seed).isTrue();
            life.cut();
            assertThat(life.whole()).as("seed %d, cut after recovery", seed).isTrue();
        }
    }
}
