package dev.autosync.examples.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PullResult;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFilesThatAreReadBelowAutosyncPatches() throws IOException {
        Files.writeString(folder.resolve("b.json"), """
                {"version": 1, "patches": [
                  {"id": "second", "format": "write-file", "target": "x", "content": "2", "needs": ["first"]},
                  {"id": "first", "format": "unified-diff", "lines": ["--- a/y", "+++ b/y", "@@ -1 +1 @@", "-a", "+b"]}
                ]}
                """);
        drop("a.json", "zero");
        assertThat(pull(Cursor.start())).extracting(Patch::id).containsExactly("zero", "first", "second");
    }

    @Test
    void leavesWhatIsNoFinishedFileAlone() throws IOException {
        drop(".hidden.json", "hidden");
        drop("half.json.tmp", "half");
        drop("notes.txt", "notes");
        Path outside = Files.createDirectory(folder.resolve("folder.json"));
        Files.writeString(outside.resolve("x"), "");
        Path elsewhere = Files.createTempFile(folder, "elsewhere", ".tmp");
        Files.createSymbolicLink(folder.resolve("link.json"), elsewhere);
        assertThat(new Inbox(folder).pull(Cursor.start(), patch -> {}).next()).isEmpty();

        Files.move(folder.resolve("half.json.tmp"), folder.resolve("half.json"));
        assertThat(pull(Cursor.start())).extracting(Patch::id).containsExactly("half");
    }

    @Test
    void givesOnlyWhatComesLaterInTheOrder() throws IOException {
        drop("1.json", "one");
        Cursor cursor = end(Cursor.start());
        drop("2.json", "two");
        assertThat(pull(cursor)).extracting(Patch::id).containsExactly("two");
    }

    @Test
    void givesAllAgainWhenAFileComesEarlierInTheOrder() throws IOException {
        drop("2.json", "two");
        Cursor cursor = end(Cursor.start());
        drop("1.json", "one");
        assertThat(pull(cursor)).extracting(Patch::id).containsExactly("one", "two");
    }

    @Test
    void noticesAChangeThatNeitherTimeNorSizeTell() throws IOException {
        FileTime time = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(drop("1.json", "one"), time);
        Cursor cursor = end(Cursor.start());
        Files.setLastModifiedTime(drop("1.json", "two"), time);
        assertThat(pull(cursor)).extracting(Patch::id).containsExactly("two");
    }

    @Test
    void doesNotMindThatAFileWasTakenAway() throws IOException {
        Path first = drop("1.json", "one");
        Path second = drop("2.json", "two");
        Cursor cursor = end(Cursor.start());
        Files.delete(first);
        assertThat(pull(cursor)).extracting(Patch::id).containsExactly("two");
        Files.delete(second);
        assertThat(new Inbox(folder).pull(cursor, patch -> {}).next()).isEmpty();
    }

    @Test
    void aFileThatIsNoPatchFileIsRefusedWithTheReasonAndStopsNoOther() throws Exception {
        drop("1.json", "one");
        Files.writeString(folder.resolve("2 \u001b[31m\n.json"), "{\"version\": 1, \"id\": ");
        Files.writeString(folder.resolve("3.json"), "");
        try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("4.json").toFile(), "rw")) {
            huge.setLength(Inbox.MAX_BYTES + 1L);
        }
        drop("5.json", "one");
        drop("6.json", "unreadable/7.json");
        drop("7.json", "seven");
        drop("8.json", "x".repeat(101));
        drop("9.json", 10_001);

        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        TestRun green = TestRun.of(Verdict.GREEN, "green", List.of(TestResult.of("t", TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        BatchReport batch = PatchRunner.builder(workspace).tests(context -> green).build()
                .run(PatchBatch.of(pull(Cursor.start())));

        assertThat(batch.outcomes(PatchOutcome.Kind.APPLIED)).extracting(outcome -> outcome.patch().id()).containsExactly("one", "seven");
        assertThat(batch.outcomes(PatchOutcome.Kind.REFUSED)).extracting(PatchOutcome::reason).satisfiesExactly(
                reason -> assertThat(reason).contains(".json").contains("AS-1002").doesNotContain("\u001b", "\n"),
                reason -> assertThat(reason).contains("3.json").contains("AS-1002"),
                reason -> assertThat(reason).contains("4.json").contains("more than 16777216 bytes"),
                reason -> assertThat(reason).contains("5.json").contains("the id 'one' is taken"),
                reason -> assertThat(reason).contains("6.json").contains("the id 'unreadable/7.json' is taken"),
                reason -> assertThat(reason).contains("8.json").contains("is taken or too long"),
                reason -> assertThat(reason).contains("9.json").contains("the patches more than 10000"));
    }

    @Test
    void tellsFilesApartWhoseNamesNoIdCanHold() throws IOException {
        String name = "x".repeat(200);
        for (String bad : List.of(name + "1.json", name + "2.json", "a b.json", "a\tb.json")) {
            Files.writeString(folder.resolve(bad), "no JSON");
        }
        assertThat(pull(Cursor.start())).extracting(Patch::id).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void aCursorIsAsShortForManyFilesAsForOne() throws IOException {
        for (int i = 100; i < 300; i++) {
            drop(i + ".json", "patch-" + i);
        }
        Cursor cursor = end(Cursor.start());
        assertThat(cursor.text()).hasSize(64);
        drop("300.json", "patch-300");
        assertThat(pull(cursor)).extracting(Patch::id).containsExactly("patch-300");
    }

    @Test
    void leavesWhatIsTooMuchForOneCycleToTheNext() throws IOException {
        drop("1.json", 6_000);
        drop("2.json", 6_000);
        drop("3.json", "last");
        assertThat(pull(Cursor.start())).hasSize(12_000);
        assertThat(pull(end(Cursor.start()))).extracting(Patch::id).containsExactly("last");
        assertThat(new Inbox(folder).pull(end(end(Cursor.start())), patch -> {}).next()).isEmpty();
    }

    private void drop(String name, int patches) throws IOException {
        Files.writeString(folder.resolve(name), IntStream.range(0, patches)
                .mapToObj(i -> "{\"id\": \"%s-%d\", \"format\": \"delete-file\", \"target\": \"f\"}".formatted(name, i))
                .collect(Collectors.joining(",", "{\"version\": 1, \"patches\": [", "]}")));
    }

    private Path drop(String name, String id) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"version": 1, "id": "%s", "format": "write-file", "target": "%<s.txt", "content": ""}
                """.formatted(id));
    }

    private List<Patch> pull(Cursor since) throws IOException {
        List<Patch> patches = new ArrayList<>();
        new Inbox(folder).pull(since, patches::add);
        return patches;
    }

    private Cursor end(Cursor since) throws IOException {
        PullResult result = new Inbox(folder).pull(since, patch -> {});
        return result.next().orElseThrow();
    }
}
