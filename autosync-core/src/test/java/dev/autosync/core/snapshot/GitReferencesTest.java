package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.git.GitRepository;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a work tree, with real git. */
class GitReferencesTest extends GitSnapshots {

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
            deleteAll(tree.workspace.state(""));
            git.git("-c", "repack.useDeltaBaseOffset=" + distances, "repack", "-a", "-d", "-f", "-q");
            git.git("prune-packed");
            assertThat(git.git("verify-pack", "-v", pack().toString())).contains("chain length = 5");

            String id = keep();
            assertThat(tree.packBytes()).as("of 600,000 bytes").isLessThan(20_000);
            assertHolds(Map.of(id, content()));
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
        deleteAll(root.resolve(".git"));
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
        deleteAll(root.resolve(".git"));
        tree.write("other", noise(300_000));

        Keeping.Outcome refused = tree.keep(store);
        assertThat(refused.snapshot()).isEmpty();
        assertThat(refused.why()).contains("snapshot.maxBytes");
        assertHolds(Map.of(first, held));
    }
}
