package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.lock.Hold;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.LeftPath;
import dev.autosync.snapshot.PathChange;
import dev.autosync.snapshot.PathChange.Kind;
import dev.autosync.snapshot.RestorePlan;
import dev.autosync.snapshot.RestoreResult;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final SnapshotLimits LIMITS = SnapshotLimits.ofDefaults().minFreeBytes(0);

    @TempDir
    Path root;

    private Snapshots snapshots;

    @BeforeEach
    void layOut() throws IOException {
        write("a.txt", "alpha");
        write("src/b.txt", "beta");
        write("src/deep/c.txt", "gamma");
        write("run.sh", "#!/bin/sh\n");
        executable("run.sh", true);
        Files.createDirectories(root.resolve("empty"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("../elsewhere"));
        write(".git/config", "mine");
        write(".gitignore", "build/\n*.log\n");
        write("build/out", "built");
        snapshots = snapshots(root, new RealFiles(root), LIMITS);
    }

    private static Snapshots snapshots(Path root, FilePort files, SnapshotLimits limits, String... exclude) {
        Workspace workspace = Workspace.at(root);
        return WorkspaceSnapshots.alone(workspace, files, new FileWorkspaceLock(workspace, files, Clock.systemUTC(), null),
                new TreeScanner(workspace, List.of(exclude), Clock.systemUTC()), limits);
    }

    private static FaultyFiles unforced(Path folder) {
        return new FaultyFiles(new RealFiles(folder)) {
            @Override
            protected boolean forces() {
                return false;
            }
        };
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private void executable(String path, boolean yes) throws IOException {
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(yes ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** Everything below the root but the engine's own folder. */
    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.toList()) {
                String path = PathText.of(root, file);
                if (path.startsWith(".autosync") || path.isEmpty()) {
                    continue;
                }
                tree.put(path, Files.isSymbolicLink(file) ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/"
                        : (Files.isExecutable(file) ? "x " : "") + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }

    private static ErrorCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        try {
            call.call();
        } catch (AutoSyncException e) {
            return e.code();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void putsBackEveryKindOfChangeAndUndoesThat() throws Exception {
        Map<String, String> before = tree(root);
        KeptSnapshot kept = snapshots.take("before");
        write("a.txt", "changed");
        Files.delete(root.resolve("src/b.txt"));
        write("src/b.txt/inner", "a folder now");
        delete(root.resolve("src/deep"));
        write("src/deep", "a file now");
        executable("run.sh", false);
        Files.delete(root.resolve("empty"));
        Files.createSymbolicLink(root.resolve("empty"), Path.of("a.txt"));
        Files.delete(root.resolve("link"));
        Path odd = PathText.resolve(root, "new/\udce9\udcff");
        Files.createDirectories(odd.getParent());
        Files.writeString(odd, "not UTF-8");
        Files.createDirectories(root.resolve("new/hollow/inner"));
        Map<String, String> after = tree(root);
        snapshots.take("after");

        RestorePlan plan = snapshots.preview(kept.id());
        assertThat(tree(root)).as("a preview changes nothing").isEqualTo(after);
        assertThat(plan.left()).isEmpty();
        Map<String, Kind> kinds = new TreeMap<>();
        plan.changes().forEach(change -> kinds.put(change.path(), change.kind()));
        assertThat(kinds).isEqualTo(new TreeMap<>(Map.ofEntries(Map.entry("a.txt", Kind.OVERWRITE), Map.entry("src/b.txt", Kind.TYPE),
                Map.entry("src/b.txt/inner", Kind.DELETE), Map.entry("src/deep", Kind.TYPE), Map.entry("src/deep/c.txt", Kind.CREATE),
                Map.entry("run.sh", Kind.MODE), Map.entry("empty", Kind.TYPE), Map.entry("link", Kind.CREATE),
                Map.entry("new/\udce9\udcff", Kind.DELETE), Map.entry("new/hollow/inner", Kind.DELETE), Map.entry("new/hollow", Kind.DELETE),
                Map.entry("new", Kind.DELETE))));

        RestoreResult result = snapshots.restore(plan);
        assertThat(tree(root)).isEqualTo(before);
        assertThat(result.changes()).isEqualTo(plan.changes());
        assertThat(snapshots.preview(kept.id()).changes()).isEmpty();

        snapshots.restore(result.before().id());
        assertThat(tree(root)).isEqualTo(after);
    }

    @Test
    void putsBackALinkToTheByte() throws Exception {
        Files.createSymbolicLink(root.resolve("slashes"), PathText.target("build//out/"));
        Map<String, String> before = tree(root);
        KeptSnapshot kept = snapshots.take("");
        Files.delete(root.resolve("slashes"));
        write("slashes", "a file now");

        snapshots.restore(kept.id());

        assertThat(tree(root)).isEqualTo(before).containsEntry("slashes", "-> build//out/");
    }

    @Test
    void leavesAFileThatIsMoreThanATransactionTakes() throws Exception {
        Snapshots large = snapshots(root, new RealFiles(root), LIMITS.maxFileBytes(1L << 30));
        write("large", "small");
        KeptSnapshot kept = large.take("");
        write("a.txt", "changed");
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            file.setLength((100 << 20) + 1);
        }
        large.take("");

        RestoreResult result = large.restore(kept.id());

        assertThat(result.left()).singleElement().satisfies(left -> {
            assertThat(left.path()).isEqualTo("large");
            assertThat(left.reason()).contains("104857600 bytes");
        });
        assertThat(root.resolve("large")).hasSize((100 << 20) + 1);
        assertThat(root.resolve("a.txt")).hasContent("alpha");
    }

    @Test
    void leavesAPathThatIsTooLongForATransaction() throws Exception {
        int most = 4095 - root.toRealPath().toString().length();
        String path = ("d".repeat(200) + "/").repeat(most / 201 - 1) + "f".repeat(200);
        write(path, "was");
        KeptSnapshot kept = snapshots.take("");
        write(path, "is");
        write("a.txt", "changed");

        RestoreResult result = snapshots.restore(kept.id());

        assertThat(result.left()).singleElement().satisfies(left -> assertThat(left.reason()).contains("longer than"));
        assertThat(root.resolve("a.txt")).hasContent("alpha");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsNoFileOpenWithoutAnEngine() throws Exception {
        for (int i = 0; i < 5; i++) {
            snapshots.take("number " + i);
            write("a.txt", "a" + i);
        }
        snapshots.restore(snapshots.list().get(0).id());

        String packs = root.toRealPath().resolve(".autosync/snapshots").toString();
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                try {
                    open.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException e) {
                    // Somebody else has closed it meanwhile.
                    continue;
                }
            }
        }
        assertThat(open).as("open files").isNotEmpty().noneMatch(file -> file.startsWith(packs));
    }

    @Test
    void givesAFileThatWasDeletedItsPermissionsBack() throws Exception {
        Files.setPosixFilePermissions(root.resolve("a.txt"), PosixFilePermissions.fromString("rw-------"));
        String id = snapshots.take("").id();
        Files.delete(root.resolve("a.txt"));
        Files.delete(root.resolve("run.sh"));
        snapshots.restore(id);
        assertThat(Files.getPosixFilePermissions(root.resolve("a.txt"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(root.resolve("run.sh"))).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void leavesWhatNoSnapshotKnows() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        write("a.txt", "changed");
        write("notes.txt", "new since");
        write("build/out", "built again");
        write("debug.log", "ignored");
        write(".git/config", "changed by me");

        RestoreResult result = snapshots.restore(kept.id());

        assertThat(result.changes()).extracting(PathChange::path).containsExactly("a.txt");
        assertThat(result.changes().get(0).unknown()).as("nobody had kept it before").isTrue();
        assertThat(result.left()).extracting(LeftPath::path).containsExactly("notes.txt");
        assertThat(tree(root)).containsEntry("a.txt", "alpha").containsEntry("notes.txt", "new since").containsEntry("build/out", "built again")
                .containsEntry("debug.log", "ignored").containsEntry(".git/config", "changed by me");
        snapshots.restore(result.before().id());
        assertThat(tree(root)).containsEntry("a.txt", "changed");
    }

    @Test
    void leavesWhatWasIgnoredThen() throws Exception {
        write(".gitignore", ".env\nout/\n");
        write("src/.gitignore", "*.key\n!seen.key\n");
        write(".env", "secret");
        write("out/deep/file", "out");
        write("src/a.key", "key");
        KeptSnapshot kept = snapshots.take("");
        write(".gitignore", "\n");
        write("src/.gitignore", "\n");
        write("src/seen.key", "new");
        write("new", "new");
        snapshots.take("");

        RestoreResult result = snapshots.restore(kept.id());

        assertThat(result.changes()).extracting(PathChange::path).containsExactly(".gitignore", "new", "src/.gitignore", "src/seen.key");
        assertThat(result.left()).extracting(LeftPath::path).containsExactly(".env", "out/deep/file", "src/a.key");
        assertThat(tree(root)).containsEntry(".env", "secret").containsEntry("out/deep/file", "out").containsEntry("src/a.key", "key")
                .doesNotContainKey("new");
    }

    @Test
    void leavesAFolderInWhichSomethingStays() throws Exception {
        write("kind", "a file");
        KeptSnapshot kept = snapshots.take("");
        Files.delete(root.resolve("kind"));
        write("kind/known", "a folder");
        snapshots.take("");
        write("kind/some.log", "ignored");

        RestoreResult result = snapshots.restore(kept.id());

        assertThat(result.left()).singleElement().satisfies(left -> {
            assertThat(left.path()).isEqualTo("kind");
            assertThat(left.reason()).contains("kind/some.log");
        });
        assertThat(tree(root)).containsEntry("kind/some.log", "ignored").doesNotContainKey("kind/known");
    }

    @Test
    void leavesWhatIsInTheWayAndWhatSnapshotsLeaveOutNow() throws Exception {
        write("x/y", "deep");
        write("later.tmp", "seen once");
        KeptSnapshot kept = snapshots.take("");
        delete(root.resolve("x"));
        write("x", "new since the last snapshot, and in the way");
        write("later.tmp", "left out now");

        RestoreResult result = snapshots(root, new RealFiles(root), LIMITS, "*.tmp").restore(kept.id());

        assertThat(result.changes()).isEmpty();
        assertThat(result.left()).extracting(LeftPath::path).containsExactly("later.tmp", "x", "x/y");
        assertThat(tree(root)).containsEntry("later.tmp", "left out now").containsEntry("x", "new since the last snapshot, and in the way");
    }

    @Test
    void leavesPathsThatAutoSyncNeverTouches() throws Exception {
        write("GIT~1", "what Windows would take for .git");
        KeptSnapshot kept = snapshots.take("");
        write("GIT~1", "changed");
        write("a.txt", "changed");

        RestoreResult result = snapshots.restore(kept.id());
        assertThat(result.left()).extracting(LeftPath::path).containsExactly("GIT~1");
        assertThat(tree(root)).containsEntry("GIT~1", "changed").containsEntry("a.txt", "alpha");
    }

    @Test
    void refusesWhenThePlanDoesNotHoldAnyMore() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        write("a.txt", "changed");
        RestorePlan plan = snapshots.preview(kept.id());
        write("a.txt", "changed again");
        Map<String, String> before = tree(root);

        assertThat(codeOf(() -> snapshots.restore(plan))).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        assertThat(tree(root)).isEqualTo(before);
        write("a.txt", "changed");
        snapshots.restore(plan);
        assertThat(tree(root)).containsEntry("a.txt", "alpha");
    }

    @Test
    void refusesWhenSomebodyWritesBetweenTheSnapshotAndTheRestore() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        write("a.txt", "changed");
        // Writes as soon as the snapshot of the present is forced.
        FaultyFiles meddling = new FaultyFiles(new RealFiles(root)) {
            @Override
            protected boolean forces() {
                try {
                    write("a.txt", "somebody else's");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return true;
            }
        };
        assertThat(codeOf(() -> snapshots(root, meddling, LIMITS).restore(kept.id()))).isEqualTo(ErrorCode.WORKSPACE_CHANGED);
        assertThat(tree(root)).containsEntry("a.txt", "somebody else's");
        assertThat(snapshots.list()).as("the snapshot of the present stays").hasSize(2);
    }

    @Test
    void leavesLargeFilesAlone() throws Exception {
        Snapshots small = snapshots(root, new RealFiles(root), LIMITS.maxFileBytes(100));
        write("large", "x".repeat(101));
        KeptSnapshot kept = small.take("");
        write("large", "y".repeat(101));
        write("a.txt", "z".repeat(101));
        RestoreResult result = small.restore(kept.id());

        assertThat(result.changes()).isEmpty();
        assertThat(result.left()).extracting(LeftPath::path).containsExactly("a.txt", "large");
        assertThat(result.left()).allSatisfy(left -> assertThat(left.reason()).contains("101 bytes"));
        assertThat(tree(root)).containsEntry("large", "y".repeat(101));
    }

    @Test
    void restoresNothingThatCannotBeUndone() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        write("a.txt", "changed");
        Snapshots full = snapshots(root, new RealFiles(root), LIMITS.minFreeBytes(1L << 60));

        assertThat(codeOf(() -> full.restore(kept.id()))).isEqualTo(ErrorCode.SNAPSHOT_NOT_KEPT);
        assertThat(codeOf(() -> full.take("x"))).isEqualTo(ErrorCode.SNAPSHOT_NOT_KEPT);
        assertThat(tree(root)).containsEntry("a.txt", "changed");
    }

    @Test
    void doesNotDropTheSnapshotThatItRestores() throws Exception {
        Snapshots few = snapshots(root, new RealFiles(root), LIMITS.keep(2));
        few.take("");
        write("a.txt", "second");
        KeptSnapshot second = few.take("");
        write("a.txt", "third");

        RestoreResult result = few.restore(second.id());
        assertThat(tree(root)).containsEntry("a.txt", "second");
        few.restore(result.before().id());
        assertThat(tree(root)).containsEntry("a.txt", "third");
    }

    @Test
    void saysNoWhileTheWorkspaceIsBusyButListsNevertheless() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        try (Hold hold = WorkspaceLock.of(root).tryAcquire().orElseThrow()) {
            assertThat(codeOf(() -> snapshots.restore(kept.id()))).isEqualTo(ErrorCode.WORKSPACE_BUSY);
            assertThat(codeOf(() -> snapshots.preview(kept.id()))).isEqualTo(ErrorCode.WORKSPACE_BUSY);
            assertThat(snapshots.list()).containsExactly(kept);
        }
    }

    @Test
    void tellsWhichPackIsDamagedAndChangesNothing() throws Exception {
        KeptSnapshot kept = snapshots.take("");
        write("a.txt", "changed");
        write("src/b.txt", "changed too");
        Path pack;
        try (Stream<Path> all = Files.list(root.resolve(".autosync/snapshots"))) {
            pack = all.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(pack);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("alpha")] ^= 1;
        Files.write(pack, bytes);
        Map<String, String> before = tree(root);

        assertThatThrownBy(() -> snapshots.restore(kept.id())).isInstanceOf(AutoSyncException.class).hasMessageContaining(pack.toString())
                .hasMessageContaining("at byte ").extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.SNAPSHOT_DAMAGED);
        assertThat(tree(root)).isEqualTo(before);
        assertThat(codeOf(() -> snapshots.restore("99-01234567"))).isEqualTo(ErrorCode.SNAPSHOT_UNKNOWN);
    }

    @Test
    void isAllOrNothingWhereverTheProcessDies() throws Exception {
        int halves = 0;
        boolean fired;
        int n = 0;
        do {
            n++;
            Path folder = Files.createDirectory(root.resolve("sweep" + n));
            Snapshots plain = snapshots(folder, unforced(folder), LIMITS);
            Files.writeString(folder.resolve("a"), "1");
            Files.writeString(folder.resolve("b"), "1");
            KeptSnapshot kept = plain.take("");
            Map<String, String> wanted = tree(folder);
            Files.writeString(folder.resolve("a"), "2");
            Files.delete(folder.resolve("b"));
            Files.createDirectory(folder.resolve("b"));
            plain.take("");
            Map<String, String> present = tree(folder);

            FaultyFiles faulty = unforced(folder);
            Snapshots dying = snapshots(folder, faulty, LIMITS);
            faulty.dieAt(n);
            try {
                dying.restore(kept.id());
            } catch (AutoSyncException e) {
                assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
            }
            fired = faulty.heal();
            Map<String, String> left = tree(folder);
            halves += left.equals(wanted) || left.equals(present) ? 0 : 1;
            // The next one that takes the workspace puts it right.
            plain.preview(kept.id());
            assertThat(tree(folder)).as("call %d", n).isIn(wanted, present);
        } while (fired);
        assertThat(n).isGreaterThan(15);
        assertThat(halves).as("control: without recovery it is found half done").isPositive();
    }

    @Test
    void restoresAnyTreeFromAnyOther() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Path folder = Files.createDirectory(root.resolve("seed" + seed));
            Snapshots some = snapshots(folder, unforced(folder), LIMITS);
            Supplier<String> name = () -> List.of("a", "b", "c", "\u00e9").get(random.nextInt(4));
            grow(folder, random, name, 0);
            Map<String, String> first = tree(folder);
            KeptSnapshot one = some.take("one");
            delete(folder.resolve("a"), folder.resolve("b"));
            grow(folder, random, name, 0);
            Map<String, String> second = tree(folder);
            some.take("two");

            RestoreResult result = some.restore(one.id());
            assertThat(result.left()).as("seed %d", seed).isEmpty();
            assertThat(tree(folder)).as("seed %d", seed).isEqualTo(first);
            some.restore(result.before().id());
            assertThat(tree(folder)).as("seed %d, back", seed).isEqualTo(second);
        }
    }

    private static void delete(Path... paths) throws IOException {
        for (Path path : paths) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                delete(path);
            }
        }
    }

    private static void grow(Path folder, Random random, Supplier<String> name, int depth) throws IOException {
        for (int i = 0; i < 4; i++) {
            Path path = folder.resolve(name.get());
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            int kind = random.nextInt(depth < 3 ? 4 : 2);
            if (kind == 0) {
                Files.createSymbolicLink(path, Path.of("../" + random.nextInt(5)));
            } else if (kind == 1) {
                Files.writeString(path, "content " + random.nextInt(3));
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(random.nextBoolean() ? "rwx------" : "rw-------"));
            } else {
                Files.createDirectory(path);
                grow(path, random, name, depth + 1);
            }
        }
    }
}
