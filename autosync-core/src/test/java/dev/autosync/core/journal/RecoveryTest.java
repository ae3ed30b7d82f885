package dev.autosync.core.journal;

import static dev.autosync.core.journal.Tree.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final Map<String, String> BEFORE = Map.of("a", "old a", "b", "old b");
    private static final Map<String, String> AFTER = Map.of("a", "new a", "x", "/", "x/c", "new c");

    @TempDir
    Path folder;

    private int trees;

    /** A workspace, and the files of a process that can die. */
    private final class World {
        final Path root;
        final Workspace workspace;
        final FaultyFiles files;
        String boot = "boot-1";

        World() throws IOException {
            root = Files.createDirectory(folder.resolve("w" + trees++));
            for (Map.Entry<String, String> file : BEFORE.entrySet()) {
                Files.writeString(root.resolve(file.getKey()), file.getValue());
            }
            workspace = Workspace.at(root);
            workspace.createState();
            files = new FaultyFiles(new RealFiles(workspace.root()));
        }

        Journal journal() {
            return new Journal(workspace, files, () -> boot);
        }

        /** A transaction with a detour; true if it was acknowledged. */
        boolean work() {
            try (Transaction transaction = journal().begin("t", () -> { })) {
                transaction.moveTo(state("a", "detour", "b", "detour", "y/d", "detour"));
                transaction.moveTo(state("a", "new a", "b", null, "x/c", "new c"));
                transaction.commit("payload");
                transaction.checkpoint();
                return true;
            } catch (AutoSyncException e) {
                return false;
            }
        }

        Optional<Recovery.Result> recover() {
            Optional<Recovery.Result> result = journal().recovery(() -> { }).run();
            journal().recovery(() -> { }).forget();
            return result;
        }

        Map<String, String> tree() {
            return new TreeMap<>(Tree.of(root));
        }
    }

    @Test
    void leavesTheTreeBeforeOrAfterWhereverTheProcessDies() throws IOException {
        boolean died = true;
        int undone = 0;
        for (int n = 1; died; n++) {
            World world = new World();
            world.files.dieAt(n);
            boolean acknowledged = world.work();
            died = world.files.heal();
            world.recover();
            assertThat(world.tree()).as("death at call %d", n).isIn(new TreeMap<>(BEFORE), new TreeMap<>(AFTER));
            if (acknowledged) {
                assertThat(world.tree()).isEqualTo(new TreeMap<>(AFTER));
            }
            undone += world.tree().equals(new TreeMap<>(BEFORE)) ? 1 : 0;
            assertThat(world.recover()).as("nothing is left to do").isEmpty();
        }
        assertThat(undone).isGreaterThan(10);
    }

    @Test
    void wouldLeaveHalfATreeIfRecoveryWereSwitchedOff() throws IOException {
        int half = 0;
        boolean died = true;
        for (int n = 1; died; n++) {
            World world = new World();
            world.files.dieAt(n);
            world.work();
            died = world.files.heal();
            half += world.tree().equals(new TreeMap<>(BEFORE)) || world.tree().equals(new TreeMap<>(AFTER)) ? 0 : 1;
        }
        assertThat(half).isGreaterThan(5);
    }

    @Test
    void leavesTheTreeBeforeOrAfterWhicheverCallFails() throws IOException {
        boolean failed = true;
        for (int n = 1; failed; n++) {
            World world = new World();
            world.files.failAt(n);
            world.work();
            failed = world.files.heal();
            world.recover();
            assertThat(world.tree()).as("failure of call %d", n).isIn(new TreeMap<>(BEFORE), new TreeMap<>(AFTER));
        }
    }

    @Test
    void finishesWhenItDiesItselfAndIsRepeated() throws IOException {
        boolean died = true;
        for (int n = 1; died; n++) {
            World world = new World();
            world.files.dieAt(25);
            world.work();
            world.files.heal();
            world.files.dieAt(n);
            try {
                world.recover();
            } catch (AutoSyncException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_IO);
            }
            died = world.files.heal();
            world.recover();
            assertThat(world.tree()).as("death of the recovery at call %d", n).isEqualTo(new TreeMap<>(BEFORE));
        }
    }

    @Test
    void undoesOrKeepsAtEveryCutOfTheJournal() throws IOException {
        World whole = new World();
        Transaction transaction = whole.journal().begin("t", () -> { });
        transaction.moveTo(state("a", "new a"));
        byte[] prepared = Files.readAllBytes(whole.workspace.state("journal"));
        transaction.commit("");
        byte[] committed = Files.readAllBytes(whole.workspace.state("journal"));
        transaction.close();
        for (int length = 0; length <= committed.length; length++) {
            World world = new World();
            Files.write(world.workspace.state("journal"), Arrays.copyOf(committed, length));
            if (length >= prepared.length) {
                Files.writeString(world.root.resolve("a"), "new a");
            }
            world.recover();
            String wanted = length == committed.length ? "new a" : "old a";
            assertThat(world.root.resolve("a")).as("cut at %d", length).hasContent(wanted);
        }
    }

    @Test
    void keepsTheEditOfSomebodyElseAndSavesWhatWasBefore() throws IOException {
        World world = new World();
        world.files.dieAt(25);
        world.work();
        world.files.heal();
        Files.writeString(world.root.resolve("a"), "theirs");

        Recovery.Result result = world.recover().orElseThrow();

        assertThat(result.committed()).isFalse();
        assertThat(result.foreign()).containsExactly("a");
        assertThat(world.root.resolve("a")).hasContent("theirs");
        assertThat(world.workspace.state("conflicts").resolve("t/a")).hasContent("old a");
        assertThat(world.root.resolve("b")).hasContent("old b");
    }

    @Test
    void writesATornFileAgainOnlyAfterAReboot() throws IOException {
        for (String boot : new String[] {"boot-1", "boot-2"}) {
            World world = new World();
            Transaction transaction = world.journal().begin("t", () -> { });
            transaction.moveTo(state("a", "new a"));
            transaction.commit("");
            transaction.close();
            Files.write(world.root.resolve("a"), new byte[] {'n', 'e', 0, 0});
            world.boot = boot;

            Recovery.Result result = world.recover().orElseThrow();

            assertThat(result.committed()).isTrue();
            if (boot.equals("boot-2")) {
                assertThat(world.root.resolve("a")).hasContent("new a");
            } else {
                assertThat(result.foreign()).containsExactly("a");
            }
        }
    }

    @Test
    void leavesARevertOfACommittedChangeAlone() throws IOException {
        World world = new World();
        Transaction transaction = world.journal().begin("t", () -> { });
        transaction.moveTo(state("a", "new a"));
        transaction.commit("");
        transaction.close();
        Files.writeString(world.root.resolve("a"), "old a");

        Recovery.Result result = world.recover().orElseThrow();

        assertThat(world.root.resolve("a")).hasContent("old a");
        assertThat(result.foreign()).containsExactly("a");
    }

    @Test
    void stopsAtADamagedJournalAndChangesNothing() throws IOException {
        World world = new World();
        world.files.dieAt(25);
        world.work();
        world.files.heal();
        Map<String, String> tree = world.tree();
        byte[] journal = Files.readAllBytes(world.workspace.state("journal"));
        journal[20] ^= 1;
        Files.write(world.workspace.state("journal"), journal);

        assertThatThrownBy(world::recover).isInstanceOf(AutoSyncException.class)
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.JOURNAL_DAMAGED);
        assertThat(world.tree()).isEqualTo(tree);
        assertThat(Files.readAllBytes(world.workspace.state("quarantine/journal"))).isEqualTo(journal);
        assertThatThrownBy(world::recover).as("until somebody has looked").hasMessageContaining("quarantine");
    }

    @Test
    void writesNothingOutsideTheWorkspaceWhateverAJournalSays() throws IOException {
        World world = new World();
        byte[] hostile = join(Frame.of(Frame.Type.BEGIN, "t", "boot-1", "2").encode(),
                new Frame(Frame.Type.FILE, java.util.List.of("../evil".getBytes(), ImageCodec.encode(image("evil")), ImageCodec.encode(Image.ABSENT))).encode());
        Files.write(world.workspace.state("journal"), hostile);
        assertThat(world.recover().orElseThrow().foreign()).containsExactly("../evil");
        assertThat(folder.resolve("evil")).doesNotExist();

        Files.write(world.workspace.state("journal"), Frame.of(Frame.Type.BEGIN, "../../t", "boot-1", "2").encode());
        assertThatThrownBy(world::recover).extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.JOURNAL_DAMAGED);
    }

    @Test
    void writesNothingThroughALinkAmongTheConflicts() throws IOException {
        World world = new World();
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectory(world.workspace.state("conflicts"));
        byte[] hostile = join(Frame.of(Frame.Type.BEGIN, "t", "boot-1", "2").encode(),
                new Frame(Frame.Type.FILE, java.util.List.of("a".getBytes(), ImageCodec.encode(image("evil")), ImageCodec.encode(Image.ABSENT))).encode());
        Files.write(world.workspace.state("journal"), hostile);
        Path link = Files.createSymbolicLink(world.workspace.state("conflicts").resolve("t"), outside);
        assertThatThrownBy(world::recover).extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_IO);
        assertThat(outside).isEmptyDirectory();

        Files.delete(link);
        byte[] deep = join(Frame.of(Frame.Type.BEGIN, "t", "boot-1", "2").encode(),
                new Frame(Frame.Type.FILE, java.util.List.of("x/y/a".getBytes(), ImageCodec.encode(image("evil")), ImageCodec.encode(Image.ABSENT))).encode());
        Files.createDirectories(world.root.resolve("x/y"));
        Files.writeString(world.root.resolve("x/y/a"), "theirs");
        Files.write(world.workspace.state("journal"), deep);
        Files.createDirectory(link);
        Files.createSymbolicLink(link.resolve("x"), outside);
        assertThatThrownBy(world::recover).extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_IO);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void goesOnWhereSomebodyHasPutSomethingElseInTheWay() throws IOException {
        World world = new World();
        Transaction transaction = world.journal().begin("t", () -> { });
        transaction.moveTo(state("a", "new a", "x/c", "new c", "b", "new b"));
        Files.delete(world.root.resolve("x/c"));
        Files.delete(world.root.resolve("x"));
        Files.createSymbolicLink(world.root.resolve("x"), folder);
        try (java.io.RandomAccessFile big = new java.io.RandomAccessFile(world.root.resolve("a").toFile(), "rw")) {
            big.setLength((100L << 20) + 1);
        }

        Recovery.Result result = world.recover().orElseThrow();

        assertThat(result.foreign()).containsExactlyInAnyOrder("a", "x/c");
        assertThat(world.root.resolve("b")).hasContent("old b");
        assertThat(world.root.resolve("x")).isSymbolicLink();
    }

    @Test
    void callsAJournalDamagedThatMakesNoSense() throws IOException {
        byte[] begin = Frame.of(Frame.Type.BEGIN, "t", "boot-1", "2").encode();
        byte[][] senseless = {Frame.of(Frame.Type.BEGIN).encode(), join(begin, Frame.of(Frame.Type.FILE, "a").encode()),
            join(begin, new Frame(Frame.Type.FILE, java.util.List.of("a".getBytes(), new byte[] {1, 0}, new byte[] {0})).encode()),
            join(begin, Frame.of(Frame.Type.COMMIT).encode()), join(begin, Frame.of(Frame.Type.FOLDER).encode())};
        for (byte[] journal : senseless) {
            World world = new World();
            Files.write(world.workspace.state("journal"), journal);
            assertThatThrownBy(world::recover).extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.JOURNAL_DAMAGED);
            assertThat(world.tree()).isEqualTo(new TreeMap<>(BEFORE));
        }
    }

    private static Image image(String text) {
        return new dev.autosync.core.io.FileImage(text.getBytes(), -1);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
