package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, links and folders that become something else. The whole sweep: {@code -Dtest=KindsTest -Dautosync.faults=1}. */
class KindsTest {
    /** Every how many calls one fails. */
    private static final int STEP = Integer.getInteger("autosync.faults", 11);
    private static final String[] BEFORE = {"a", "old a", "run", "x #!", "link", "-> a", "dir", "/", "dir/e", "old e", "dir/sub", "/", "dir/sub/f", "old f",
        "empty", "/", "swap1", "one", "swap2", "two", "bad\udcff", "old bad", "new\nline", "old", "README", "caps", "dangling", "-> nowhere", "slashes", "-> build//out/"};
    private static final String[] AFTER = {"a", "/", "a/below", "new below", "run", "#!", "link", "was a link", "dir", "a file", "dir/e", null, "dir/sub", null,
        "dir/sub/f", null, "empty", null, "swap1", "two", "swap2", "one", "bad\udcff", null, "good\udcfe", "x new", "new\nline", "changed", "README", null, "readme", "caps",
        "dangling", "-> a/below", "deep", "/", "deep/er", "/", "deep/er/empty", "/", "deep/link", "-> ../../outside", "slashes", null};

    @TempDir
    Path folder;

    private int trees;

    private final class World {
        final Path root = Files.createDirectory(folder.resolve("w" + trees++));
        final Map<String, String> before;
        final JournaledFolder journaled;
        final FaultyFiles files;

        World() throws IOException {
            for (int i = 0; i < BEFORE.length; i += 2) {
                Path file = PathText.resolve(root, BEFORE[i]);
                String text = BEFORE[i + 1];
                if (text.equals("/")) {
                    Files.createDirectory(file);
                } else if (text.startsWith("-> ")) {
                    Files.createSymbolicLink(file, PathText.target(text.substring(3)));
                } else {
                    Files.writeString(file, text.startsWith("x ") ? text.substring(2) : text);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text.startsWith("x ") ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
            journaled = new JournaledFolder(root);
            files = journaled.files;
            before = Tree.of(root);
        }

        boolean work(boolean commit) {
            return journaled.change(Tree.images(AFTER), Tree.images(BEFORE), commit);
        }
    }

    private static Map<String, String> after() {
        Map<String, String> after = new TreeMap<>();
        for (int i = 0; i < AFTER.length; i += 2) {
            if (AFTER[i + 1] != null) {
                after.put(AFTER[i], AFTER[i + 1]);
            }
        }
        return after;
    }

    @Test
    void changesEveryKindIntoEveryOtherAndBack() throws IOException {
        World world = new World();
        assertThat(world.work(true)).isTrue();
        assertThat(Tree.of(world.root)).isEqualTo(after());
        assertThat(world.root.resolve(".autosync")).isDirectoryNotContaining("glob:**.as~*");

        try (Transaction back = world.journaled.journal().begin("back", () -> { })) {
            Map<String, Image> state = new LinkedHashMap<>();
            Tree.images(AFTER).keySet().forEach(path -> state.put(path, Tree.image(world.before.get(path))));
            back.put(state, Tree.images(AFTER));
            back.commit("");
            back.checkpoint();
        }
        assertThat(Tree.of(world.root)).isEqualTo(world.before);
    }

    @Test
    void undoesEveryKind() throws IOException {
        World world = new World();
        assertThat(world.work(false)).isTrue();
        assertThat(Tree.of(world.root)).isEqualTo(world.before);
        assertThat(world.root.resolve(".autosync/conflicts")).doesNotExist();
    }

    @Test
    void leavesAllBeforeOrAllAfterWhereverItDiesOrFails() throws IOException {
        int half = 0;
        for (boolean commit : new boolean[] {true, false}) {
            for (boolean die : new boolean[] {true, false}) {
                boolean fired = true;
                for (int n = 1 + (die ? 0 : STEP / 2); fired; n += STEP) {
                    World world = new World();
                    if (die) {
                        world.files.dieAt(n);
                    } else {
                        world.files.failAt(n);
                    }
                    boolean acknowledged = world.work(commit) && commit;
                    fired = world.files.heal();
                    Map<String, String> left = Tree.of(world.root);
                    half += left.equals(world.before) || left.equals(after()) ? 0 : 1;
                    world.journaled.recover();
                    assertThat(Tree.of(world.root)).as("call %d, dies %s, commits %s", n, die, commit).isIn(world.before, after());
                    assertThat(!acknowledged || Tree.of(world.root).equals(after())).isTrue();
                    assertThat(Tree.of(Files.createDirectories(world.root.resolve(".autosync/conflicts/t")))).as("call %d, dies %s, commits %s", n, die, commit).isEmpty();
                }
            }
        }
        assertThat(half).as("trees that were half changed before recovery: the control").isGreaterThan(100 / STEP);
    }

    @Test
    void recoversWhereRecoveryDiesItself() throws IOException {
        for (int first : new int[] {60, 75, 95}) {
            boolean died = true;
            for (int n = 1 + first % STEP; died; n += STEP) {
                World world = new World();
                world.files.dieAt(first);
                world.work(true);
                world.files.heal();
                world.files.dieAt(n);
                try {
                    world.journaled.recover();
                } catch (AutoSyncException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_IO);
                }
                died = world.files.heal();
                world.journaled.recover();
                assertThat(Tree.of(world.root)).as("death at %d, of the recovery at %d", first, n).isIn(world.before, after());
            }
        }
    }

    @Test
    void keepsAFolderIntoWhichSomebodyHasPutSomething() throws IOException {
        World world = new World();
        Files.writeString(world.root.resolve("dir/theirs"), "theirs");
        try (Transaction transaction = world.journaled.journal().begin("t", () -> { })) {
            assertThatThrownBy(() -> transaction.put(Tree.images(AFTER), Tree.images(BEFORE))).isInstanceOf(AutoSyncException.class)
                    .hasMessageContaining("dir/theirs").extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        }
        assertThat(Tree.of(world.root)).containsEntry("dir/theirs", "theirs").containsEntry("dir/e", "old e").containsEntry("a", "old a");
    }

    @Test
    void keepsWhatSomebodyPutInTheWayOfAnUndo() throws IOException {
        World world = new World();
        try (Transaction transaction = world.journaled.journal().begin("t", () -> { })) {
            transaction.put(Tree.images(AFTER), Tree.images(BEFORE));
            Files.writeString(world.root.resolve("a/theirs"), "theirs");
            Files.delete(world.root.resolve("dir"));
            Files.createSymbolicLink(world.root.resolve("dir"), folder);
        }
        assertThat(Tree.of(world.root)).containsEntry("a/theirs", "theirs").containsEntry("link", "-> a").containsEntry("empty", "/")
                .containsEntry("swap1", "one");
        assertThat(world.root.resolve("dir")).isSymbolicLink();
        assertThat(world.root.resolve(".autosync/conflicts/t/a")).hasContent("old a");
        assertThat(world.root.resolve(".autosync/conflicts/t/dir/sub/f")).hasContent("old f");
        assertThat(folder.resolve("e")).doesNotExist();
    }
}
