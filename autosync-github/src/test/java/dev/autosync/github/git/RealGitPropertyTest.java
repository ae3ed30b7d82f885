package dev.autosync.github.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** What is read here is what the real git reads, and what is written here the real git takes. */
class RealGitPropertyTest {
    private static Path root;

    @BeforeContainer
    static void makeFolder() throws IOException {
        root = Files.createTempDirectory("real-git");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        return git(folder, new byte[0], arguments);
    }

    private static String git(Path folder, byte[] input, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList()).directory(folder.toFile());
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "LC_ALL", "C", "GIT_AUTHOR_NAME", "T",
                "GIT_AUTHOR_EMAIL", "t@example.org", "GIT_COMMITTER_NAME", "T", "GIT_COMMITTER_EMAIL", "t@example.org"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().write(input);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(String.join(" ", arguments)).isZero();
        return output;
    }

    /** A repository of some commits with names and contents that are easily told apart and often alike. */
    private static Path repository(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory(root, "r");
        git(folder, "init", "-q", "-b", "main");
        String[] names = {"a", "a-b", "a/b", "a/b-c", "a/c/d", "a.txt", "b\u00e4/\u00fc", "z"};
        for (int commit = 0; commit < 4; commit++) {
            for (String name : names) {
                if (random.nextInt(3) > 0) {
                    Path file = folder.resolve(name + ".f");
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, "line\n".repeat(random.nextInt(400)) + random.nextInt(3));
                    file.toFile().setExecutable(random.nextBoolean());
                }
            }
            git(folder, "add", "-A");
            git(folder, "commit", "-q", "--allow-empty", "-m", "c" + commit);
        }
        return folder;
    }

    @Property(tries = 6)
    void everyObjectIsReadAsGitReadsItLooseAndPacked(@ForAll @IntRange(max = 10_000) int seed) throws Exception {
        Path folder = repository(seed);
        List<String> ids = git(folder, "rev-list", "--objects", "--all").lines().map(line -> line.substring(0, 40)).toList();
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                git(folder, "gc", "-q", "--aggressive", "--prune=now");
            }
            try (ObjectStore store = ObjectStore.of(GitFolder.ofWorkspace(folder, null))) {
                for (String id : ids) {
                    GitObject object = store.get(ObjectId.fromString(id), ObjectStore.OBJ_ANY);
                    assertThat(GitObject.of(object.type(), object.bytes()).id().name()).isEqualTo(id);
                }
                assertThat(store.has(ObjectId.fromString("0123456789".repeat(4)))).isFalse();
            }
        }
    }

    @Property(tries = 6)
    void anIndexIsWrittenAsItWasRead(@ForAll @IntRange(max = 10_000) int seed, @ForAll @IntRange(min = 2, max = 4) int version) throws Exception {
        Path folder = repository(seed);
        String first = git(folder, "ls-files").lines().findFirst().orElseThrow();
        git(folder, "update-index", "--skip-worktree", first);
        git(folder, "update-index", "--index-version", String.valueOf(version));
        String before = git(folder, "ls-files", "-s", "-v", "--debug");
        Path index = folder.resolve(".git/index");

        Files.write(index, IndexFile.parse(Files.readAllBytes(index)).toBytes());

        assertThat(git(folder, "ls-files", "-s", "-v", "--debug")).isEqualTo(before);
        assertThat(git(folder, "status", "--porcelain")).isEmpty();
    }

    @Property(tries = 6)
    void aChangedTreeIsTheOneThatGitMakes(@ForAll @IntRange(max = 10_000) int seed) throws Exception {
        Path folder = repository(seed);
        Random random = new Random(seed);
        ObjectId written;
        try (ObjectStore store = ObjectStore.of(GitFolder.ofWorkspace(folder, null))) {
            ObjectId root = ObjectId.fromString(git(folder, "rev-parse", "HEAD^{tree}").strip());
            Tree tree = Tree.of(store, root);
            assertThat(tree.write()).isEqualTo(root);
            assertThat(store.added()).isEmpty();
            for (String path : new String[] {"a.f", "a/b.f", "a/x/y/z", "zz", "a/c/d.f", "a-b/n"}) {
                if (random.nextBoolean()) {
                    ObjectId blob = store.add(GitObject.blob(path.getBytes(StandardCharsets.UTF_8)));
                    tree.put(path, FileMode.EXECUTABLE_FILE, blob);
                    git(folder, path.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin");
                    git(folder, "update-index", "--add", "--cacheinfo", "100755," + blob.name() + "," + path);
                } else {
                    tree.remove(path);
                    git(folder, "update-index", "--force-remove", path);
                }
            }
            written = tree.write();
            for (GitObject object : store.added()) {
                store.write(object);
            }
        }
        assertThat(git(folder, "write-tree").strip()).isEqualTo(written.name());
        assertThat(git(folder, "cat-file", "-t", written.name()).strip()).isEqualTo(Constants.TYPE_TREE);
        git(folder, "fsck", "--full", "--strict");
    }

    @Property(tries = 300)
    void aDamagedIndexOrDeltaIsAnErrorAndNothingElse(@ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 200) int at) throws Exception {
        byte[] index = IndexFile.empty().toBytes();
        byte[] damaged = Arrays.copyOf(index, index.length + bytes.length);
        System.arraycopy(bytes, 0, damaged, Math.min(at, index.length), bytes.length);
        try {
            IndexFile.parse(damaged);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("the index");
        }
        try {
            Delta.apply(new byte[at], bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("a delta");
        }
    }
}
