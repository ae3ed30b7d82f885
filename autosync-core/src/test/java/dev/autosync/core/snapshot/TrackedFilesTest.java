package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git tracks, held against git itself. */
class TrackedFilesTest {
    private static final String[] NAMES = {"a", "b", "long-".repeat(30), "ä", "日本", "with space", "-dash", "A", "x.y", "z".repeat(200), "\udcff", "é"};

    @TempDir
    Path outside;

    private Path root;

    @BeforeEach
    void createRepository() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(":"))).as("git is on the PATH")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
        root = Files.createDirectory(outside.resolve("root")).toRealPath();
        git("init", "-q");
    }

    private byte[] git(String... arguments) throws IOException, InterruptedException {
        return git(root, arguments);
    }

    private static byte[] git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.safecrlf=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private TrackedFiles tracked() {
        return TrackedFiles.of(Workspace.at(root), new RealFiles());
    }

    private Set<String> listed() throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (byte b : git("ls-files", "-z")) {
            if (b == 0) {
                names.add(PathText.decode(name.toByteArray()));
                name.reset();
            } else {
                name.write(b);
            }
        }
        return names;
    }

    private void write(String path) throws IOException {
        Path file = PathText.resolve(root, path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path.length() + "");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void namesExactlyTheFilesThatGitLists(int version) throws Exception {
        Random random = new Random(version);
        git("config", "index.version", Integer.toString(version));
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 12; i++) {
                StringBuilder path = new StringBuilder("d" + random.nextInt(3));
                for (int depth = random.nextInt(3); depth > 0; depth--) {
                    path.append("/d").append(NAMES[random.nextInt(NAMES.length)]);
                }
                write(path + "/" + NAMES[random.nextInt(NAMES.length)]);
            }
            git("add", "-A");
            write("untracked-" + round);
            if (version == 3) {
                git("add", "-N", "untracked-" + round);
                write("really-untracked");
            }
            assertThat(Files.readAllBytes(root.resolve(".git/index"))[7]).isEqualTo((byte) version);
            Set<String> listed = listed();
            assertThat(listed).hasSizeGreaterThan(5);
            assertThat(tracked().names()).contains(listed);
            assertThat(listed).allMatch(tracked()::isTracked);
            assertThat(tracked().isTracked("untracked-" + round)).isEqualTo(version == 3);
        }
    }

    @Test
    void tracksNothingWithoutARepositoryAndInANewOne() throws Exception {
        assertThat(tracked().isRepository()).isTrue();
        assertThat(tracked().isTracked("a")).isFalse();
        TrackedFiles none = TrackedFiles.of(Workspace.at(outside), new RealFiles());
        assertThat(none.isRepository()).isFalse();
        assertThat(none.isTracked("a")).isFalse();
    }

    @Test
    void readsTheIndexOfALinkedWorkingTree() throws Exception {
        write("a");
        git("add", "-A");
        git("commit", "-q", "-m", "a");
        Path linked = outside.toRealPath().resolve("linked");
        git("worktree", "add", "-q", linked.toString());
        TrackedFiles tracked = TrackedFiles.of(Workspace.at(linked), new RealFiles());
        assertThat(tracked.isTracked("a")).isTrue();
        assertThat(tracked.isTracked("b")).isFalse();
    }

    @Test
    void readsNoIndexOutsideThatDoesNotBelongToTheWorkspace() throws Exception {
        Path other = Files.createDirectory(outside.resolve("other")).toRealPath();
        Files.writeString(other.resolve(".git"), "gitdir: ../root/.git\n");
        assertThat(TrackedFiles.of(Workspace.at(other), new RealFiles()).isTracked("b")).isTrue();
        Files.delete(other.resolve(".git"));
        Files.createSymbolicLink(other.resolve(".git"), root.resolve(".git"));
        assertThat(TrackedFiles.of(Workspace.at(other), new RealFiles()).isTracked("b")).isTrue();
    }

    @Test
    void countsFilesOfInnerRepositoriesAsTracked() throws Exception {
        write("inner/a");
        git(root.resolve("inner"), "init", "-q");
        assertThat(tracked().isTracked("inner/new")).isTrue();
        assertThat(tracked().isTracked("innermost")).isFalse();
    }

    @Test
    void countsEverythingAsTrackedWhenTheIndexIsSplit() throws Exception {
        write("a");
        git("add", "-A");
        git("update-index", "--split-index");
        assertThat(tracked().isTracked("whatever")).isTrue();
    }

    @Test
    void countsEverythingAsTrackedWhateverByteOfTheIndexIsWrongOrMissing() throws Exception {
        write("a/b");
        write("c");
        git("add", "-A");
        byte[] index = Files.readAllBytes(root.resolve(".git/index"));
        assertThat(GitIndex.names(index)).containsExactlyInAnyOrder("a/b", "c");
        for (int at = 0; at < index.length; at++) {
            byte[] flipped = index.clone();
            flipped[at] ^= 0x41;
            assertThatThrownBy(() -> GitIndex.names(flipped)).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(index, at);
            assertThatThrownBy(() -> GitIndex.names(cut)).isInstanceOf(IOException.class);
        }
        Files.write(root.resolve(".git/index"), Arrays.copyOf(index, index.length - 1));
        assertThat(tracked().isTracked("whatever")).isTrue();
    }

    @Test
    void endsInNamesOrAnErrorWithoutAChecksum() throws Exception {
        write("a/b");
        write("c");
        for (int version : new int[] {2, 4}) {
            git("add", "-A");
            git("update-index", "--index-version", Integer.toString(version));
            byte[] index = Files.readAllBytes(root.resolve(".git/index"));
            Arrays.fill(index, index.length - 20, index.length, (byte) 0);
            assertThat(GitIndex.names(index)).containsExactlyInAnyOrder("a/b", "c");
            for (int at = 0; at < index.length - 20; at++) {
                for (int mask : new int[] {0x01, 0x80, 0xff}) {
                    byte[] flipped = index.clone();
                    flipped[at] ^= (byte) mask;
                    try {
                        assertThat(GitIndex.names(flipped)).hasSizeLessThanOrEqualTo(2);
                    } catch (IOException e) {
                        assertThat(e.getMessage()).isNotBlank();
                    }
                }
            }
        }
    }
}
