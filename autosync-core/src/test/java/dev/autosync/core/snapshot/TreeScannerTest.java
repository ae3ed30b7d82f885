package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeScannerTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(root.resolve("src/empty"));
        Files.writeString(root.resolve("src/A.java"), "class A {}");
        Files.writeString(root.resolve("b"), "abc");
        Files.createDirectories(root.resolve("target/classes"));
        Files.writeString(root.resolve("target/classes/A.class"), "x");
        Files.createDirectories(root.resolve("nested/.git"));
        Files.writeString(root.resolve("nested/.git/config"), "x");
        Files.createSymbolicLink(root.resolve("link"), Path.of("/nowhere"));
        workspace = Workspace.at(root);
    }

    private Snapshot scan(Snapshot earlier, String... exclude) throws InterruptedException {
        return new TreeScanner(workspace, List.of(exclude), LATER).scan(earlier);
    }

    @Test
    void readsFilesAndLinksButNotGitAndNotWhatIsExcluded() throws Exception {
        Snapshot snapshot = scan(null, "target/**");

        assertThat(snapshot.entries()).extracting(Entry::path).containsExactly("b", "link", "nested", "src/A.java", "src/empty");
        assertThat(snapshot.sha256("b")).contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(snapshot.summary().files()).isEqualTo(3);
        assertThat(snapshot.summary().bytes()).isEqualTo(13);
    }

    @Test
    void excludesInALocaleThatDoesNotKnowTheLettersOfAName() throws Exception {
        Files.writeString(root.resolve("\u00fc"), "x");
        try (ChildJvm child = ChildJvm.start(Map.of("LC_ALL", "C"), ExcludingScan.class, root.toString(), "target/**")) {
            assertThat(child.lineWith("files")).isEqualTo("files 4");
        }
    }

    @Test
    void isTheSameForTheSameContentWheneverItWasWritten() throws Exception {
        Snapshot first = scan(null);
        Files.setLastModifiedTime(root.resolve("b"), FileTime.from(Instant.EPOCH));

        assertThat(scan(first).summary().contentHash()).isEqualTo(first.summary().contentHash());
        assertThat(first.differences(scan(first))).isEmpty();
    }

    @Test
    void seesEveryKindOfChange() throws Exception {
        Snapshot first = scan(null);
        Files.writeString(root.resolve("b"), "abd");
        Files.setPosixFilePermissions(root.resolve("src/A.java"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(root.resolve("link"));
        Files.writeString(root.resolve("new"), "");

        Snapshot second = scan(first);

        assertThat(first.differences(second)).containsExactly("b", "link", "new", "src/A.java");
        assertThat(second.summary().contentHash()).isNotEqualTo(first.summary().contentHash());
    }

    @Test
    void doesNotReadAgainWhatHasNotChangedButWhatMayHave() throws Exception {
        // Scanned a minute after it was written, by the clock: its time is to be trusted.
        Snapshot trusted = scan(null);
        FileTime time = Files.getLastModifiedTime(root.resolve("b"));
        rewriteUnseen("b", "xyz", time);
        assertThat(trusted.differences(scan(trusted))).as("same size, same time: taken for unchanged").isEmpty();

        // Scanned in the second in which it was written: a second change could have left the time as it was.
        Snapshot racy = new TreeScanner(workspace, List.of(), Clock.fixed(time.toInstant(), Clock.systemUTC().getZone())).scan(null);
        rewriteUnseen("b", "uvw", time);
        assertThat(racy.differences(scan(racy))).containsExactly("b");
    }

    private void rewriteUnseen(String path, String text, FileTime time) throws IOException {
        Files.writeString(root.resolve(path), text);
        Files.setLastModifiedTime(root.resolve(path), time);
    }

    @Test
    void findsItsIndexAgainAndDoesNotTrustADamagedOne() throws Exception {
        Snapshot snapshot = scan(null);
        SnapshotFiles files = new SnapshotFiles(workspace, new RealFiles());
        assertThat(files.latest()).isEmpty();
        files.save(snapshot);
        assertThat(files.latest()).contains(snapshot);
        assertThat(Files.readString(files.initial())).contains("\"contentHash\" : \"" + snapshot.summary().contentHash());

        Path index = workspace.state("snapshots").resolve("index");
        byte[] bytes = Files.readAllBytes(index);
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(index, damaged);
            assertThat(files.latest()).as("byte %d", at).isEmpty();
        }
    }

    @Test
    void keepsTheIndexWhileReadingAgainIsCheaperThanWriting() throws Exception {
        for (int i = 0; i < 400; i++) {
            Files.writeString(root.resolve("file" + i), "x");
        }
        SnapshotFiles files = new SnapshotFiles(workspace, new RealFiles());
        Snapshot first = scan(null);
        files.save(first);

        Snapshot unchanged = scan(files.latest().orElseThrow());
        files.save(unchanged);
        Files.writeString(root.resolve("file7"), "one change");
        Snapshot oneChange = scan(unchanged);
        files.save(oneChange);

        assertThat(files.latest()).contains(first);
        assertThat(scan(files.latest().orElseThrow()).summary().contentHash()).isEqualTo(oneChange.summary().contentHash());
        for (int i = 0; i < 5; i++) {
            Files.writeString(root.resolve("file" + i), "a change more");
        }
        Snapshot more = scan(oneChange);
        files.save(more);
        assertThat(files.latest()).contains(more);
    }

    @Test
    void remembersTheSummaryOfWhatIsInTheIndex() throws Exception {
        SnapshotFiles files = new SnapshotFiles(workspace, new RealFiles());
        Snapshot snapshot = scan(null);
        files.save(snapshot);

        assertThat(files.latest().orElseThrow().summary()).hasToString(snapshot.summary().toString());
        assertThat(scan(files.latest().orElseThrow()).summary()).hasToString(scan(null).summary().toString());
    }

    @Test
    void writesTheInitialSnapshotOnce() throws Exception {
        SnapshotFiles files = new SnapshotFiles(workspace, new RealFiles());
        files.save(scan(null));
        String first = Files.readString(files.initial());
        Files.writeString(root.resolve("new"), "new");
        files.save(scan(null));

        assertThat(files.initial()).hasContent(first);
        assertThat(files.latest().orElseThrow().sha256("new")).isPresent();
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> scan(null)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void stopsInTheMiddleOfALargeFileAndLeavesNoThread() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            large.setLength(100L << 30);
        }
        Thread scanning = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (scanThreads().noneMatch(thread -> inside(thread, "ofFile"))) {
                Thread.onSpinWait();
            }
            scanning.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> scan(null)).isInstanceOf(InterruptedException.class);
        assertThat(scanThreads()).isEmpty();
        interrupter.join();
    }

    private static Stream<Thread> scanThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("autosync-scan"));
    }

    private static boolean inside(Thread thread, String method) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void saysWhichFolderCannotBeRead() throws Exception {
        Path name = Path.of("n".repeat(200));
        Path deep = Stream.generate(() -> name).limit(15).reduce(root, Path::resolve);
        Files.createDirectories(deep);
        Path other = Stream.generate(() -> name).limit(15).reduce(root.resolve("other"), Path::resolve);
        Files.createDirectories(other);
        // Together the two are longer than any path that the system takes.
        Files.move(root.resolve("other"), deep.resolve("other"));
        try {
            assertThatThrownBy(() -> scan(null)).isInstanceOf(AutoSyncException.class)
                    .hasMessageStartingWith("Cannot take a snapshot of " + workspace.root() + ": ")
                    .hasMessageContaining("too long").hasCauseInstanceOf(IOException.class)
                    .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.WORKSPACE_IO);
            assertThat(scanThreads()).isEmpty();
        } finally {
            Files.move(deep.resolve("other"), root.resolve("other"));
        }
    }

    @Test
    void putsPathsInTheirOrderWhateverTheirFolders() throws Exception {
        for (String path : List.of("a/x", "a.b", "a-b/y", "a/b/z", "a0")) {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), path);
        }

        assertThat(scan(null, "{b,link,src,target,nested}").entries()).extracting(Entry::path)
                .containsExactly("a-b/y", "a.b", "a/b/z", "a/x", "a0");
    }
}
