package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a scan that goes on from an earlier one sees of what has changed since. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
class ScanChangesTest {
    private static final long SECOND = 1_000_000_000L;

    /** Times of change are trusted whatever they are: the control without the rule. */
    private static final ToLongFunction<Path> NO_RULE = folder -> -1_000_000_000 * SECOND;

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void layOut() throws IOException {
        workspace = Workspace.at(root);
        workspace.createState();
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private TreeScanner scanner(Clock clock, ToLongFunction<Path> granularity) {
        return new TreeScanner(workspace, List.of(), true, clock, granularity);
    }

    private TreeScanner scanner() {
        return scanner(Clock.systemUTC(), Trust::granularity);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    /** Whether a scan at a time sees that a file, last changed at a time, is changed once more so that its size and time stay the same. */
    private boolean seesRacyWrite(Instant changed, Instant scanned, ToLongFunction<Path> granularity) throws Exception {
        Path file = root.resolve("racy");
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, FileTime.from(changed));
        TreeScanner scanner = scanner(at(scanned), granularity);
        Snapshot first = scanner.scan(null);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(changed));
        return !first.differences(scanner.scan(first)).isEmpty();
    }

    @Test
    void seesASecondWriteThatLeavesSizeAndTimeAsTheyWere() throws Exception {
        Instant changed = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(seesRacyWrite(changed, changed, folder -> SECOND)).as("in the same moment").isTrue();
        assertThat(seesRacyWrite(changed, changed.plusNanos(2 * SECOND), folder -> SECOND)).as("twice the granularity later").isTrue();
        assertThat(seesRacyWrite(changed, changed.minusSeconds(60), folder -> SECOND)).as("with the clock set back").isTrue();
        assertThat(seesRacyWrite(changed.plusSeconds(100_000), changed, folder -> SECOND)).as("of a file of the future").isTrue();

        assertThat(seesRacyWrite(changed, changed.plusNanos(2 * SECOND + 1), folder -> SECOND)).as("later: taken for unchanged").isFalse();
        assertThat(seesRacyWrite(Instant.EPOCH, changed, folder -> SECOND)).as("of 1970: taken for unchanged").isFalse();
        assertThat(seesRacyWrite(changed, changed, NO_RULE)).as("control: without the rule").isFalse();
    }

    /** Whether a scan sees a new file in a folder whose time is then set back to what it was. */
    private boolean seesRacyName(Instant changed, Instant scanned, ToLongFunction<Path> granularity) throws Exception {
        Path folder = Files.createDirectories(root.resolve("folder"));
        Files.deleteIfExists(folder.resolve("b"));
        write("folder/a", "a");
        Files.setLastModifiedTime(folder, FileTime.from(changed));
        TreeScanner scanner = scanner(at(scanned), granularity);
        Snapshot first = scanner.scan(null);
        write("folder/b", "b");
        Files.setLastModifiedTime(folder, FileTime.from(changed));
        return first.differences(scanner.scan(first)).contains("folder/b");
    }

    @Test
    void seesASecondNameThatLeavesTheTimeOfItsFolderAsItWas() throws Exception {
        Instant changed = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(seesRacyName(changed, changed, folder -> SECOND)).isTrue();
        assertThat(seesRacyName(changed, changed.plusNanos(2 * SECOND), folder -> SECOND)).isTrue();
        assertThat(seesRacyName(changed.plusSeconds(5), changed, folder -> SECOND)).isTrue();

        assertThat(seesRacyName(changed, changed.plusNanos(2 * SECOND + 1), folder -> SECOND)).as("its names are not read again").isFalse();
        assertThat(seesRacyName(changed, changed, NO_RULE)).as("control: without the rule").isFalse();
    }

    @Test
    void trustsAHashAgainOnceItWasReadLateEnough() throws Exception {
        Instant changed = Instant.parse("2026-01-01T00:00:00Z");
        write("a", "a");
        Files.setLastModifiedTime(root.resolve("a"), FileTime.from(changed));
        Snapshot racy = scanner(at(changed), folder -> SECOND).scan(null);
        Snapshot later = scanner(at(changed.plusSeconds(9)), folder -> SECOND).scan(racy);
        Snapshot muchLater = scanner(at(changed.plusSeconds(99)), folder -> SECOND).scan(later);

        assertThat(later.unsavedCost()).as("read once more").isGreaterThan(racy.unsavedCost());
        assertThat(muchLater.unsavedCost()).as("and no more").isEqualTo(later.unsavedCost());
        assertThat(muchLater.summary().contentHash()).isEqualTo(racy.summary().contentHash());
    }

    @Test
    void measuresTheClockOfTheFileSystemAndLeavesNothingBehind() throws Exception {
        assertThat(Trust.granularity(workspace.createState())).isBetween(10_000_000L, SECOND);
        assertThat(Trust.granularity(root.resolve("missing"))).isEqualTo(SECOND);
        try (Stream<Path> files = Files.list(workspace.createState())) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly(".gitignore");
        }
    }

    @Test
    void anyChangesAreSeenAsIfEverythingWereReadAgain() throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Path tree = Files.createDirectories(root.resolve("tree" + seed));
            Workspace there = Workspace.at(tree);
            there.createState();
            TreeScanner scanner = new TreeScanner(there, List.of(), Clock.systemUTC());
            SnapshotFiles files = new SnapshotFiles(there, new RealFiles());
            Snapshot snapshot = scanner.scan(null);
            for (int round = 0; round < 25; round++) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    change(tree, random);
                }
                Snapshot from = snapshot;
                if (random.nextInt(4) == 0) {
                    files.save(snapshot);
                    from = files.latest().orElse(snapshot);
                }
                Snapshot full = new TreeScanner(there, List.of(), Clock.systemUTC()).scan(null);
                snapshot = scanner.scan(from);
                assertThat(full.differences(snapshot)).as("seed %d, round %d", seed, round).isEmpty();
                assertThat(snapshot.summary().toString()).isEqualTo(full.summary().toString());
                assertThat(snapshot.entries()).extracting(Entry::path).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    /** Makes, changes, moves or deletes something. */
    private static void change(Path tree, Random random) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.filter(path -> !path.startsWith(tree.resolve(".autosync"))).sorted().toList();
        }
        List<Path> folders = all.stream().filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
        Path folder = folders.get(random.nextInt(folders.size()));
        Path some = all.get(random.nextInt(all.size()));
        Path child = PathText.resolve(folder, List.of("a", "b", "a.b", "a-b", "c\udcff", "\u00fc", "B").get(random.nextInt(7)));
        switch (random.nextInt(9)) {
            case 0, 1 -> put(child, () -> Files.writeString(child, "text " + random.nextInt(5)));
            case 2 -> put(child, () -> Files.createDirectory(child));
            case 3 -> put(child, () -> Files.createSymbolicLink(child, Path.of("to" + random.nextInt(3))));
            case 4 -> {
                if (Files.isRegularFile(some, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(some, PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr--r--" : "rw-r--r--"));
                }
            }
            case 5 -> {
                if (Files.isRegularFile(some, LinkOption.NOFOLLOW_LINKS)) {
                    Files.writeString(some, "text " + random.nextInt(5));
                }
            }
            case 6 -> {
                if (!some.equals(tree) && !folder.startsWith(some) && Files.notExists(child, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(some, child);
                }
            }
            case 7 -> Files.writeString(folder.resolve(".gitignore"), List.of("a\n", "*b\n!a.b\n", "/a-b/\n", "").get(random.nextInt(4)));
            default -> {
                if (!some.equals(tree)) {
                    deleteAll(some);
                }
            }
        }
    }

    private interface Step {
        Object run() throws IOException;
    }

    private static void put(Path child, Step step) throws IOException {
        deleteAll(child);
        step.run();
    }

    private static void deleteAll(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> children;
            try (Stream<Path> list = Files.list(path)) {
                children = list.toList();
            }
            for (Path child : children) {
                deleteAll(child);
            }
        }
        Files.deleteIfExists(path);
    }

    @Test
    void judgesPatternsAsTheyStandAtTheScan() throws Exception {
        Files.createDirectories(root.resolve(".git/info"));
        write("src/a.o", "a");
        write("src/b", "b");
        TreeScanner scanner = scanner(at(Instant.now().plusSeconds(100)), Trust::granularity);
        Snapshot all = scanner.scan(null);
        assertThat(paths(all)).containsExactly("src/a.o", "src/b");

        write(".git/info/exclude", "*.o\n");
        Snapshot excluded = scanner.scan(all);
        assertThat(paths(excluded)).containsExactly("src/b");

        write("src/.gitignore", "!a.o\nb\n");
        Snapshot both = scanner.scan(excluded);
        assertThat(paths(both)).containsExactly("src/.gitignore", "src/a.o");

        // The same length: only what the file says has changed, and no folder.
        Files.writeString(root.resolve("src/.gitignore"), "!b\na.o\n");
        assertThat(paths(scanner.scan(both))).containsExactly("src/.gitignore", "src/b");

        Files.delete(root.resolve("src/.gitignore"));
        Files.delete(root.resolve(".git/info/exclude"));
        assertThat(paths(scanner.scan(both))).containsExactly("src/a.o", "src/b");
        assertThat(paths(new TreeScanner(workspace, List.of("src/b"), Clock.systemUTC()).scan(both))).as("other settings").containsExactly("src/a.o");
    }

    private static List<String> paths(Snapshot snapshot) {
        return snapshot.entries().stream().map(Entry::path).toList();
    }

    @Test
    void doesNotWalkWhatIsIgnored() throws Exception {
        write(".gitignore", "target/\n");
        write("target/deep/file", "x");
        ConcurrentMap<String, String> read = new ConcurrentHashMap<>();
        Snapshot snapshot = scanner().scan(null, texts(read));

        assertThat(paths(snapshot)).containsExactly(".gitignore");
        assertThat(read.values()).containsExactly("target/\n");
        assertThat(snapshot.root().folders()).isEmpty();
    }

    private static ContentSink texts(ConcurrentMap<String, String> byHash) {
        return new ContentSink() {
            @Override
            public void take(byte[] sha256, byte[] content, int length) {
                byHash.put(HexFormat.of().formatHex(sha256), new String(content, 0, length, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void takeLarge(byte[] sha256, Path file, long size) {
                byHash.put(HexFormat.of().formatHex(sha256), file.getFileName() + " " + size);
            }
        };
    }

    @Test
    void handsOverExactlyWhatItHadToRead() throws Exception {
        write("small", "small");
        write("empty", "");
        write("buffer", "x".repeat(64 << 10));
        write("most", "y".repeat(ContentSink.MAX_IN_MEMORY));
        write("large", "z".repeat(ContentSink.MAX_IN_MEMORY + 1));
        Files.createSymbolicLink(root.resolve("link"), PathText.target("to/\udcff"));
        ConcurrentMap<String, String> read = new ConcurrentHashMap<>();
        TreeScanner scanner = scanner(at(Instant.now().plusSeconds(100)), Trust::granularity);
        Snapshot first = scanner.scan(null, texts(read));

        assertThat(read.values()).containsExactlyInAnyOrder("small", "", "x".repeat(64 << 10), "y".repeat(ContentSink.MAX_IN_MEMORY),
                "large " + (ContentSink.MAX_IN_MEMORY + 1), "to/\u00ff");
        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(first.entries().stream()
                .map(entry -> HexFormat.of().formatHex(entry.sha256())).toList());
        for (Map.Entry<String, String> one : read.entrySet()) {
            if (!one.getValue().startsWith("large ")) {
                assertThat(one.getKey()).isEqualTo(HexFormat.of().formatHex(
                        Sha256.digest().digest(one.getValue().getBytes(StandardCharsets.ISO_8859_1))));
            }
        }

        read.clear();
        write("small", "other");
        scanner.scan(first, texts(read));
        assertThat(read.values()).containsExactly("other");
    }

    @Test
    void keepsNamesThatAreNotUtf8AndAlikeApart() throws Exception {
        for (String name : List.of("x\udcfe", "x\udcff", "x\ufffd")) {
            Files.writeString(PathText.resolve(root, name), name.length() + "");
        }
        Snapshot all = scanner().scan(null);
        SnapshotFiles files = new SnapshotFiles(workspace, new RealFiles());
        files.save(all);
        Snapshot again = scanner().scan(files.latest().orElseThrow());

        assertThat(paths(again)).containsExactly("x\udcfe", "x\udcff", "x\ufffd");
        assertThat(again.unsavedCost()).as("found by their names").isLessThanOrEqualTo(all.unsavedCost());
        assertThat(Files.readString(files.initial())).contains("\"x\\udcfe\"", "\"x\ufffd\"");
        String hash = all.summary().contentHash();
        Files.move(PathText.resolve(root, "x\udcff"), PathText.resolve(root, "x\udcfd"));
        assertThat(scanner().scan(all).summary().contentHash()).isNotEqualTo(hash);
    }

    @Test
    void leavesOutGitAtAnyDepthAndWhatIsNoFile() throws Exception {
        write("a/b/.git/config", "x");
        write("c/.git", "gitdir: elsewhere");
        Files.createSymbolicLink(Files.createDirectories(root.resolve("d")).resolve(".git"), Path.of("/"));
        write("a/file", "x");
        assumeThat(new ProcessBuilder("mkfifo", root.resolve("a/pipe").toString()).start().waitFor()).isZero();
        ConcurrentMap<String, String> read = new ConcurrentHashMap<>();

        assertThat(paths(scanner().scan(null, texts(read)))).containsExactly("a/b", "a/file", "c", "d");
        assertThat(read.values()).containsExactly("x");
    }

    @Test
    void keepsAnEntryOfAFileThatCannotBeRead() throws Exception {
        write("secret", "x");
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("-w-------"));
        assumeThat(Files.isReadable(root.resolve("secret"))).as("whether this user may read everything").isFalse();

        Snapshot snapshot = scanner().scan(null);
        assertThat(snapshot.entries()).singleElement().satisfies(entry -> assertThat(entry.hashed()).isFalse());
        assertThat(snapshot.differences(scanner().scan(snapshot))).isEmpty();
    }

    @Test
    void scansAsDeepAsFoldersCanLie() throws Exception {
        int levels = (4000 - root.toString().length()) / 2;
        String path = "d/".repeat(levels) + "f";
        // Somebody quicker than we are where every name is looked up from the root.
        assertThat(shell("mkdir -p " + path.substring(0, path.length() - 2) + " && echo >" + path)).isZero();
        try {
            Snapshot snapshot = scanner().scan(null);
            Snapshot read = SnapshotIndex.decode(SnapshotIndex.encode(snapshot), workspace.root()).orElseThrow();

            assertThat(read).isEqualTo(snapshot);
            assertThat(paths(scanner().scan(read))).containsExactly(path);
            assertThat(paths(scanner().scan(snapshot))).containsExactly(path);
        } finally {
            shell("rm -r d");
        }
    }

    private int shell(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command).directory(root.toFile()).inheritIO().start().waitFor();
    }

    @Test
    void anIndexFromSomebodyElseLeadsNowhereElse() throws Exception {
        Path inside = Files.createDirectories(root.resolve("inside"));
        Files.writeString(root.resolve("outside.txt"), "secret");
        Workspace there = Workspace.at(inside);
        Folder.Listed listed = new Folder.Listed(0, "", true, new byte[32], null, false, null);
        for (String name : List.of("../outside.txt", "..", ".", "")) {
            Entry file = new Entry(name, Entry.Type.FILE, -1, 6, 0, true, new byte[32]);
            Folder forged = new Folder("", inside, listed, new Entry[] {file}, new Path[1], new Object[1], new Folder[0]);
            assertThat(SnapshotIndex.decode(SnapshotIndex.encode(Snapshot.first(forged, 0, 0)), there.root())).as("'%s'", name).isEmpty();
        }
        Entry good = new Entry("outside.txt", Entry.Type.FILE, -1, 6, 0, true, new byte[32]);
        Folder honest = new Folder("", inside, listed, new Entry[] {good}, new Path[1], new Object[1], new Folder[0]);
        assertThat(SnapshotIndex.decode(SnapshotIndex.encode(Snapshot.first(honest, 0, 0)), there.root())).isPresent();
    }

    @Test
    void foretellsTheHashOfAChangedTree() throws Exception {
        write("a/only", "x");
        write("b/one", "x");
        write("b/two", "x");
        Files.createDirectories(root.resolve("empty/deep"));
        Snapshot before = scanner().scan(null);
        String foretold = before.contentHashWith(Map.of(
                "a/only", Optional.empty(),
                "b/one", Optional.empty(),
                "new/er/file", Optional.of(FileContent.of("n".getBytes(StandardCharsets.UTF_8))),
                "never", Optional.empty(),
                "empty/deep/file", Optional.of(FileContent.of("y".getBytes(StandardCharsets.UTF_8)))));
        Files.delete(root.resolve("a/only"));
        Files.delete(root.resolve("b/one"));
        write("new/er/file", "n");
        write("empty/deep/file", "y");
        Snapshot after = scanner().scan(before);

        assertThat(foretold).isEqualTo(after.summary().contentHash()).isNotEqualTo(before.summary().contentHash());
        List<String> own = List.of("a/only", "b/one", "new/er/file", "empty/deep/file");
        assertThat(before.foreignDifferences(after, own)).isEmpty();
        assertThat(before.foreignDifferences(after, own.subList(1, 4))).containsExactly("a", "a/only");
        assertThat(after.summary().files()).isEqualTo(3);
    }

    @Test
    void doesNotChangeTheHashOfATreeWithoutEmptyFolders() throws Exception {
        write("a/file", "abc");
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        write("run", "x");
        Files.setPosixFilePermissions(root.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        // Path, zero, letter, hash: as earlier versions have it.
        MessageDigest digest = Sha256.digest();
        for (String[] one : new String[][] {{"a/file", "f", "abc"}, {"link", "l", "a"}, {"run", "x", "x"}}) {
            digest.update((one[0] + "\0" + one[1]).getBytes(StandardCharsets.UTF_8));
            digest.update(Sha256.digest().digest(one[2].getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(scanner().scan(null).summary().contentHash()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }
}
