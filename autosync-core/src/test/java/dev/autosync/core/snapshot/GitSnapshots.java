package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.git.GitRepository;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.RealFiles;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A work tree with real git, snapshots of it, and what is to be said of them. */
abstract class GitSnapshots {
    static final SnapshotLimits DEFAULTS = SnapshotLimits.ofDefaults().minFreeBytes(0);

    @TempDir
    Path folder;

    final Random random = new Random(7);
    final FaultyFiles files = unforced();

    Path root;
    GitRepository git;
    KeptTree tree;

    @BeforeEach
    void createRepository() throws Exception {
        root = Files.createDirectory(folder.resolve("root")).toRealPath();
        tree = new KeptTree(root, files, DEFAULTS);
        initGit();
    }

    static FaultyFiles unforced() {
        return new FaultyFiles(new RealFiles()) {
            @Override
            protected boolean forces() {
                return false;
            }
        };
    }

    byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String text(int length) {
        return HexFormat.of().formatHex(noise(length / 2));
    }

    /** Files that cannot be deflated into next to nothing. */
    void someFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            tree.write("src/file" + i, noise(4_000));
        }
    }

    List<Path> links() throws IOException {
        Path links = tree.workspace.state("snapshots/git");
        if (!Files.exists(links)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(links)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    Map<String, String> content() throws IOException {
        return tree.content();
    }

    void assertHolds(Map<String, Map<String, String>> contents) throws IOException {
        SnapshotStore fresh = tree.healed();
        assertThat(KeptTree.ids(fresh)).containsAll(contents.keySet());
        for (Map.Entry<String, Map<String, String>> kept : contents.entrySet()) {
            assertThat(tree.content(fresh, kept.getKey())).isEqualTo(kept.getValue());
        }
    }

    String keep() throws InterruptedException {
        return keep(tree.open());
    }

    String keep(SnapshotStore store) throws InterruptedException {
        try (store) {
            return tree.keep(store).snapshot().orElseThrow().id();
        }
    }

    Path pack() throws IOException {
        return git.objects().stream().filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
    }

    void initGit() throws Exception {
        git = GitRepository.init(root);
        Files.writeString(root.resolve(".git/info/exclude"), ".autosync\n");
    }

    static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
