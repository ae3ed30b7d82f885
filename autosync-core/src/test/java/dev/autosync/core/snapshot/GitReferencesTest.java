package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.git.GitRepository;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a work tree, with real git. */
class GitReferencesTest {
    private static final SnapshotLimits DEFAULTS = SnapshotLimits.ofDefaults().minFreeBytes(0);

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final FaultyFiles files = unforced();

    private Path root;
    private GitRepository git;
    private KeptTree tree;

    @BeforeEach
    void createRepository() throws Exception {
        root = Files.createDirectory(folder.resolve("root")).toRealPath();
        tree = new KeptTree(root, files, DEFAULTS);
        initGit();
    }

    private static FaultyFiles unforced() {
        return new FaultyFiles(new RealFiles()) {
            @Override
            protected boolean forces() {
                return false;
            }
        };
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text(int length) {
        return HexFormat.of().formatHex(noise(length / 2));
    }

    /** Files that cannot be deflated into next to nothing. */
    private void someFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            tree.write("src/file" + i, noise(4_000));
        }
    }

    private List<Path> links() throws IOException {
        Path links = tree.workspace.state("snapshots/git");
        if (!Files.exists(links)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(links)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Map<String, String> content() throws IOException {
        return tree.content();
    }

    private void assertHolds(Map<String, Map<String, String>> contents) throws IOException {
        SnapshotStore fresh = tree.healed();
        assertThat(KeptTree.ids(fresh)).containsAll(contents.keySet());
        for (Map.Entry<String, Map<String, String>> kept : contents.entrySet()) {
            assertThat(tree.content(fresh, kept.getKey())).isEqualTo(kept.getValue());
        }
    }

    private String keep() throws InterruptedException {
        return keep(tree.open());
    }

    private String keep(SnapshotStore store) throws InterruptedException {
        try (store) {
            return tree.keep(store).snapshot().orElseThrow().id();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copiesNothingThatGitHasAlready(boolean packed) throws Exception {
        someFiles(50);
        tree.write("large", noise(3 << 20));
        git.commit("all");
        if (packed) {
            git.gc();
        }
        String id = keep();

        assertThat(tree.packBytes()).as("of 3,345,728 bytes").isLessThan(10_000);
        assertThat(links()).hasSize(packed ? 1 : 51);
        assertHolds(Map.of(id, content()));
        assertThat(List.of(files.count("log.force"), files.count("forceFolder"), files.count("force"))).containsExactly(1, 1, 0);
    }

    @Test
    void readsDeltasByDistanceAndById() throws Exception {
        StringBuilder text = new StringBuilder(text(20_000));
        for (int i = 0; i < 30; i++) {
            text.insert(random.nextInt(text.length()), "change " + i);
            tree.write("version" + i, text.toString());
        }
        git.commit("versions of one text");
        for (String distances : List.of("true", "false")) {
            WorkFolders.delete(tree.workspace.state(""));
            git.git("-c", "repack.useDeltaBaseOffset=" + distances, "repack", "-a", "-d", "-f", "-q");
            git.git("prune-packed");
            assertThat(git.git("verify-pack", "-v", pack().toString())).contains("chain length = 5");

            String id = keep();
            assertThat(tree.packBytes()).as("of 600,000 bytes").isLessThan(20_000);
            assertHolds(Map.of(id, content()));
        }
    }

    private Path pack() throws IOException {
        return git.objects().stream().filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
    }

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
        WorkFolders.delete(what.contains("folder") ? tree.workspace.state("snapshots/git") : links().get(0));
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
        WorkFolders.delete(tree.workspace.state("snapshots/git"));
        // JGit names a pack by the objects in it, whatever bytes they are packed to.
        WorkFolders.delete(root.resolve(".git"));
        initGit();
        tree.write("file", noise(4_000));
        git.commit("another one");
        packAs("0".repeat(40));
        keep();

        tree.write("file", content);
        keep();
        assertHolds(Map.of(id, held));
    }

    private void initGit() throws Exception {
        git = GitRepository.init(root);
        Files.writeString(root.resolve(".git/info/exclude"), ".autosync\n");
    }

    private void packAs(String name) throws Exception {
        git.gc();
        Path pack = pack();
        for (String suffix : List.of(".pack", ".idx")) {
            Files.move(pack.resolveSibling(String.valueOf(pack.getFileName()).replace(".pack", suffix)), pack.resolveSibling("pack-" + name + suffix));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void followsNoLinkInItsOwnFolder(boolean packed) throws Exception {
        tree.write("file", noise(3_000));
        git.commit("all");
        if (packed) {
            git.gc();
        }
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path planted = tree.workspace.createStateFolder("snapshots").resolve("git/" + (packed ? "pack" : loose("file").substring(0, 2)));
        Files.createDirectories(planted.getParent());
        Files.createSymbolicLink(planted, outside);

        String id = keep();
        assertThat(outside).isEmptyDirectory();
        assertHolds(Map.of(id, content()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatIsToBePutBackThoughItsThreadIsInterrupted(boolean packed) throws Exception {
        someFiles(3);
        git.commit("all");
        if (packed) {
            git.gc();
        }
        String id = keep();
        SnapshotStore store = tree.healed();
        Thread.currentThread().interrupt();
        Map<String, String> read;
        boolean interrupted;
        try {
            read = tree.content(store, id);
        } finally {
            interrupted = Thread.interrupted();
        }
        assertThat(read).isEqualTo(content());
        assertThat(interrupted).as("the interrupt is still there").isTrue();
    }

    @Test
    void copiesWhatGitKeepsOtherwise() throws Exception {
        tree.write(".gitattributes", "*.txt text eol=crlf\n");
        tree.write("filtered.txt", ("a line of it\r\n").repeat(200));
        tree.write("clean", noise(5_000));
        tree.write("dirty", noise(5_000));
        git.commit("all");
        tree.write("dirty", noise(6_000));
        tree.write("new", noise(7_000));

        String id = keep();
        assertThat(tree.packBytes()).isBetween(13_000L, 15_000L);
        assertThat(links()).hasSize(1);
        assertHolds(Map.of(id, content()));
    }

    @Test
    void copiesWhereThereCanBeNoLinks() throws Exception {
        someFiles(10);
        git.commit("all");
        FilePort without = new FaultyFiles(new RealFiles()) {
            @Override
            public void createHardLink(Path link, Path file) throws IOException {
                throw new IOException("Operation not permitted");
            }
        };
        String id = keep(tree.open(without));

        assertThat(tree.packBytes()).isGreaterThan(40_000);
        assertThat(links()).isEmpty();
        assertHolds(Map.of(id, content()));
    }

    @Test
    void copiesFromARepositoryThatNamesBySha256() throws Exception {
        root = Files.createDirectory(folder.resolve("sha256")).toRealPath();
        git = GitRepository.init(root, "--object-format=sha256");
        tree = new KeptTree(root, files, DEFAULTS);
        someFiles(10);
        git.commit("all");
        Map<String, Map<String, String>> contents = new HashMap<>(Map.of(keep(), content()));
        git.gc();
        tree.write("more", noise(1_000));
        contents.put(keep(), content());

        assertThat(links()).isEmpty();
        assertHolds(contents);
    }

    @Test
    void followsNoLinkOfTheRepository() throws Exception {
        someFiles(4);
        git.commit("all");
        List<Path> objects = git.objects();
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path loose = root.resolve(".git/objects").resolve(loose("src/file0"));
        Files.move(loose, outside.resolve("object"));
        Files.createSymbolicLink(loose, outside.resolve("object"));
        Path parent = root.resolve(".git/objects").resolve(loose("src/file1")).getParent();
        Files.move(parent, outside.resolve("folder"));
        Files.createSymbolicLink(parent, outside.resolve("folder"));
        Path pipe = root.resolve(".git/objects").resolve(loose("src/file2"));
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        String id = keep();
        assertThat(links()).as("%s", objects).singleElement().asString().endsWith(loose("src/file3").substring(3));
        assertHolds(Map.of(id, content()));
    }

    private String loose(String file) throws Exception {
        String id = git.git("rev-parse", "HEAD:" + file);
        return id.substring(0, 2) + "/" + id.substring(2);
    }

    @Test
    void deletesLinksThatNothingRefersTo() throws Exception {
        someFiles(5);
        git.commit("all");
        keep();
        Path orphan = links().get(0).resolveSibling("0".repeat(38));
        Files.createLink(orphan, root.resolve(".git/HEAD"));
        SnapshotStore store = tree.open();
        KeptTree.ids(store);
        assertThat(orphan).as("whoever only looks removes nothing").exists();

        tree.keep(store);
        assertThat(orphan).doesNotExist();
        assertThat(links()).hasSize(5);
    }

    @Test
    void letsLinksGoWithTheSnapshotsThatNeedThem() throws Exception {
        tree = new KeptTree(root, files, DEFAULTS.keep(3).maxBytes(1 << 20));
        tree.write("stays", noise(1_000));
        git.commit("first");
        SnapshotStore store = tree.open();
        tree.keep(store);
        int most = 0;
        for (int round = 0; round < 20; round++) {
            tree.write("changes", noise(8_000));
            git.commit("round " + round);
            // What git does not know is copied, and makes the packs grow until room is given back.
            tree.write("unknown", noise(90_000));
            tree.keep(store);
            Files.delete(root.resolve("unknown"));
            most = Math.max(most, links().size());
        }
        assertThat(most).isBetween(5, 18);
        assertThat(tree.packBytes()).isLessThanOrEqualTo(1 << 20);
        tree.write("unknown", noise(500_000));
        tree.keep(store);
        assertThat(links()).hasSizeLessThan(most);
        String last = KeptTree.ids(store).get(2);
        assertThat(tree.content(tree.healed(), last)).isEqualTo(content());
    }

    @Test
    void refersToWhereGitHasPutItAndGivesTheOldPackBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            tree.write("src/file" + i, noise(400_000));
        }
        git.commit("all");
        git.gc();
        SnapshotStore store = tree.open();
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        contents.put(tree.keep(store).snapshot().orElseThrow().id(), content());
        Path old = links().get(0);
        tree.write("more", noise(4_000));
        git.commit("more");
        tree.write("another", noise(3_000));
        git.commit("so that the new pack is another one");
        git.git("repack", "-a", "-d", "-q");
        git.git("prune-packed");
        assertThat(Files.getAttribute(old, "unix:nlink")).isEqualTo(1);

        contents.put(tree.keep(store).snapshot().orElseThrow().id(), content());
        assertThat(links()).hasSize(1).doesNotContain(old);
        assertThat(tree.packBytes()).as("of 1,200,000 bytes").isLessThan(10_000);
        assertHolds(contents);
    }

    @Test
    void staysBelowTheLimitWhenGitThrowsAHugePackAway() throws Exception {
        tree = new KeptTree(root, files, DEFAULTS.maxBytes(1 << 20));
        tree.write("needed", noise(100_000));
        tree.write("huge", noise(900_000));
        git.commit("all");
        git.gc();
        Files.delete(root.resolve("huge"));
        SnapshotStore store = tree.open();
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        contents.put(tree.keep(store).snapshot().orElseThrow().id(), content());
        assertThat(tree.packBytes()).isLessThan(2_000);
        WorkFolders.delete(root.resolve(".git"));
        tree.write("other", noise(600_000));
        contents.put(tree.keep(store).snapshot().orElseThrow().id(), content());

        assertThat(links()).isEmpty();
        assertThat(tree.packBytes()).isBetween(700_000L, (long) (1 << 20));
        assertHolds(contents);
    }

    @Test
    void saysSoWhenWhatGitHasThrownAwayLeavesNoRoom() throws Exception {
        tree = new KeptTree(root, files, DEFAULTS.maxBytes(1 << 20));
        for (int i = 0; i < 20; i++) {
            tree.write("file" + i, noise(80_000));
        }
        git.commit("all");
        SnapshotStore store = tree.open();
        String first = tree.keep(store).snapshot().orElseThrow().id();
        Map<String, String> held = content();
        WorkFolders.delete(root.resolve(".git"));
        tree.write("other", noise(300_000));

        Keeping.Outcome refused = tree.keep(store);
        assertThat(refused.snapshot()).isEmpty();
        assertThat(refused.why()).contains("snapshot.maxBytes");
        assertHolds(Map.of(first, held));
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
            WorkFolders.delete(tree.workspace.state(""));
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

    private static final class WorkFolders {
        static void delete(Path folder) throws IOException {
            if (Files.exists(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
