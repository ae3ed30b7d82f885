package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.PathText;
import dev.autosync.patch.BatchPreview;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchPreview;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch does beside its tests: twins, dependents, inverses, previews, files in the place of folders. */
class RunnerTest {
    private static final String TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("f1"), TEN);
        Files.writeString(workspace.resolve("f2"), TEN);
    }

    private PatchRunner runner() {
        return PatchRunner.builder(workspace).tests(new TreeSuite(context -> { })).build();
    }

    private BatchReport run(Patch... patches) throws InterruptedException {
        return runner().run(PatchBatch.of(patches));
    }

    private static Patch change(String id, String path, int first, String... lines) {
        long before = Stream.of(lines).filter(line -> !line.startsWith("+")).count();
        long after = Stream.of(lines).filter(line -> !line.startsWith("-")).count();
        return Patch.unifiedDiff(id, "--- a/" + path + "\n+++ b/" + path + "\n@@ -" + first + "," + before + " +" + first + "," + after + " @@\n"
                + String.join("\n", lines) + "\n");
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(workspace)) {
            for (Path path : paths.filter(path -> !path.startsWith(workspace.resolve(".autosync")) && !path.equals(workspace)).toList()) {
                tree.put(PathText.of(workspace, path), Files.isDirectory(path) ? "folder"
                        : (Files.isExecutable(path) ? "x " : "") + Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }

    @Test
    void appliesAPatchOnceAlthoughItComesTwice() throws Exception {
        Files.writeString(workspace.resolve("c.json"), "{\"a\": []}");
        BatchReport report = run(Patch.jsonPatch("one", "c.json", "[{\"op\":\"add\",\"path\":\"/a/-\",\"value\":1}]"),
                Patch.jsonPatch("two", "c.json", "[ {\"path\": \"/a/-\", \"op\": \"add\", \"value\": 1.0} ]"));

        assertThat(report.outcome("two")).containsInstanceOf(PatchOutcome.AlreadyApplied.class);
        assertThat(((PatchOutcome.AlreadyApplied) report.outcomes().get(1)).twin()).contains("one");
        assertThat(report.outcomes().get(1).reason()).isEqualTo("asks for the same as one");
        assertThat(workspace.resolve("c.json")).hasContent("{\"a\": [1]}");
        assertThat(report.checksum(report.outcomes().get(0).patch())).startsWith("v1:sha256:").isEqualTo(report.checksum(report.outcomes().get(1).patch()));
    }

    @Test
    void dropsATwinOfACulpritAndAppliesOneOfAPatchThatDidNotFit() throws Exception {
        BatchReport report = run(Patch.write("bad", "f3", "BAD".getBytes()), Patch.write("bad-too", "f3", "BAD".getBytes()),
                Patch.builder("early", "unified-diff").content("--- a/n\n+++ b/n\n@@ -1 +1 @@\n-x\n+y\n").build(), Patch.write("n", "n", "x\n".getBytes()),
                Patch.builder("late", "unified-diff").content("--- a/n\n+++ b/n\n@@ -1 +1 @@\n-x\n+y\n").build());
        assertThat(report.outcomes()).extracting(outcome -> outcome.patch().id() + " " + outcome.kind()).containsExactly("bad BLAMED", "bad-too DROPPED",
                "early CONFLICTED", "n APPLIED", "late APPLIED");
        assertThat(workspace.resolve("n")).hasContent("y");
    }

    @Test
    void namesExactlyTheCulpritOnWhichALostPatchDepends() throws Exception {
        BatchReport report = run(change("bad-1", "f1", 4, " 4", "-5", "+BAD", " 6"), change("bad-2", "f2", 4, " 4", "-5", "+BAD", " 6"),
                change("on-1", "f1", 4, " 4", "-BAD", "+BAD!", " 6"), change("on-2", "f2", 4, " 4", "-BAD", "+BAD!", " 6"),
                change("free", "f2", 9, " 9", "-10", "+ten"));
        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).hasSize(2);
        assertThat(report.outcomes(PatchOutcome.Kind.DROPPED)).extracting(outcome -> outcome.patch().id() + " " + ((PatchOutcome.Dropped) outcome).because())
                .containsExactly("on-1 [bad-1]", "on-2 [bad-2]");
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).extracting(outcome -> outcome.patch().id()).containsExactly("free");
    }

    @Test
    void placesAPatchAgainThatOnlyQuotesWhatACulpritHasChanged() throws Exception {
        BatchReport report = run(change("bad", "f1", 3, " 3", "-4", "+BAD", " 5"), change("quotes", "f1", 4, " BAD", " 5", "-6", "+six", " 7"));
        assertThat(report.outcome("quotes").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        assertThat(report.outcome("quotes").orElseThrow().reason()).contains("placed by three-way merge");
        assertThat(workspace.resolve("f1")).hasContent(TEN.replace("6\n", "six\n"));
    }

    /** The lines of a culprit stand a second time where nobody meant them. */
    @Test
    void doesNotPlaceAPatchElsewhereWhenTheLinesItMeantHaveGone() throws Exception {
        String block = "{\n  a\n  b\n}\n";
        Files.writeString(workspace.resolve("f1"), block + TEN);
        BatchReport report = run(change("bad", "f1", 12, " 8", " 9", " 10", "+{", "+  a", "+  b", "+}", "+BAD"),
                change("in-it", "f1", 15, " {", "-  a", "+  A", "   b"),
                change("in-it-too", "f1", 16, "   A", "-  b", "+  B", " }"));
        assertThat(report.outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED, PatchOutcome.Kind.DROPPED);
        assertThat(workspace.resolve("f1")).hasContent(block + TEN);
    }

    /** Which of two equal blocks a culprit has brought cannot be seen when one of them has gone. */
    @ParameterizedTest
    @ValueSource(ints = {3, 7})
    void doesNotGuessWhichOfTwoEqualBlocksAPatchMeant(int first) throws Exception {
        String text = "begin\n{\n  a\n  b\n}\n1\n2\n3\n4\n";
        Files.writeString(workspace.resolve("f1"), text);
        BatchReport report = run(change("bad", "f1", 1, " begin", "+{", "+  a", "+  b", "+}", " {",
                "   a", "   b", " }", " 1", " 2", "-3", "+BAD", " 4"),
                change("in-it", "f1", first, "-  a", "+  A"));
        assertThat(report.outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED);
        assertThat(workspace.resolve("f1")).hasContent(text);
    }

    /** An index of a JSON Patch means the item that stood there when the culprit was in front of it. */
    @Test
    void followsTheItemsOfAnArrayWhenACulpritGoes() throws Exception {
        Files.writeString(workspace.resolve("f3"), "{\"l\": [\n  {\"n\": 1},\n  {\"n\": 2},\n  {\"n\": 3}\n]}\n");
        BatchReport report = run(Patch.jsonPatch("bad", "f3", "[{\"op\":\"add\",\"path\":\"/l/0\",\"value\":\"BAD\"}]"),
                Patch.jsonPatch("second", "f3", "[{\"op\":\"replace\",\"path\":\"/l/2/n\",\"value\":22}]"),
                Patch.jsonPatch("tested", "f3", "[{\"op\":\"test\",\"path\":\"/l/3/n\",\"value\":3},"
                        + "{\"op\":\"replace\",\"path\":\"/l/1/n\",\"value\":9}]"),
                Patch.jsonPatch("last", "f3", "[{\"op\":\"add\",\"path\":\"/l/-\",\"value\":{\"n\":4}}]"));
        assertThat(report.outcomes()).extracting(outcome -> outcome.patch().id() + " " + outcome.kind())
                .containsExactly("bad BLAMED", "second APPLIED",
                "tested DROPPED", "last APPLIED");
        assertThat(report.outcome("second").orElseThrow().reason()).contains("placed by three-way merge");
        assertThat(workspace.resolve("f3")).hasContent("{\"l\": [\n  {\"n\": 1},\n  {\"n\": 22},\n  {\"n\": 3},\n  {\"n\": 4}\n]}\n");
    }

    @Test
    void doesNotGiveAnItemThatStandsInOneLineToAnother() throws Exception {
        Files.writeString(workspace.resolve("f3"), "{\"l\": [1, 2, 3], \"m\": [1, 2]}\n");
        BatchReport report = run(Patch.jsonPatch("bad", "f3", "[{\"op\":\"add\",\"path\":\"/l/0\",\"value\":\"BAD\"}]"),
                Patch.jsonPatch("third", "f3", "[{\"op\":\"replace\",\"path\":\"/l/2\",\"value\":22}]"),
                Patch.jsonPatch("gone", "f3", "[{\"op\":\"remove\",\"path\":\"/l/3\"}]"),
                Patch.jsonPatch("other", "f3", "[{\"op\":\"replace\",\"path\":\"/m/1\",\"value\":7}]"));
        assertThat(report.outcomes()).extracting(outcome -> outcome.patch().id() + " " + outcome.kind())
                .containsExactly("bad BLAMED", "third DROPPED",
                "gone DROPPED", "other APPLIED");
        assertThat(report.outcome("third").orElseThrow().reason()).contains("the items of an array have moved");
        assertThat(workspace.resolve("f3")).hasContent("{\"l\": [1, 2, 3], \"m\": [1, 7]}\n");
    }

    @Test
    void undoesPatchesWithTheLongestIds() throws Exception {
        String most = "x".repeat(199);
        BatchReport report = run(Patch.write(most + "1", "a", new byte[] {1}), Patch.write(most + "2", "b", new byte[] {2}),
                Patch.write("\ud801\udc00".repeat(200), "c", new byte[] {3}));
        List<Patch> undo = report.outcomes().stream().map(outcome -> ((PatchOutcome.Applied) outcome).inverse().orElseThrow()).toList();
        assertThat(run(undo.toArray(Patch[]::new)).outcomes()).extracting(PatchOutcome::kind).containsOnly(PatchOutcome.Kind.APPLIED);
        assertThat(tree().keySet()).containsExactly("f1", "f2");
    }

    @Test
    void doesNotMergeAwayWhatAPatchSaysThatAFileMustHold() throws Exception {
        Patch quotes = change("quotes", "f1", 4, " BAD", " 5", "-6", "+six", " 7");
        Patch careful = Patch.builder("quotes", "unified-diff").content(quotes.content())
                .expects("f1", FileContent.of(TEN.replace("4\n", "BAD\n")).sha256()).build();
        BatchReport report = run(change("bad", "f1", 3, " 3", "-4", "+BAD", " 5"), careful);
        assertThat(report.outcome("quotes").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.DROPPED);
    }

    @Test
    void givesForEachPatchWhatUndoesItByteForByteWithTheFoldersThatCameWithIt() throws Exception {
        Files.createDirectories(workspace.resolve("kept"));
        Files.write(workspace.resolve("latin"), "caf\u00e9\nb\r\nend".getBytes(StandardCharsets.ISO_8859_1));
        Map<String, String> before = tree();
        BatchReport report = run(Patch.write("made", "new/folder/file", new byte[] {0, 1, 2}), Patch.write("in-kept", "kept/file", new byte[0]),
                change("text", "f1", 4, " 4", "-5", "+five", " 6"), Patch.delete("gone", "f2"),
                Patch.unifiedDiff("moved", "diff --git a/latin b/d/l\nsimilarity index 100%\nrename from latin\nrename to d/l\n"),
                Patch.unifiedDiff("mode", "diff --git a/f1 b/f1\nold mode 100644\nnew mode 100755\n"));
        assertThat(report.outcomes()).allMatch(outcome -> outcome.kind() == PatchOutcome.Kind.APPLIED);
        Map<String, String> after = tree();

        List<Patch> undo = new ArrayList<>();
        report.outcomes().forEach(outcome -> undo.add(0, ((PatchOutcome.Applied) outcome).inverse().orElseThrow()));
        assertThat(run(undo.toArray(Patch[]::new)).outcomes()).allMatch(outcome -> outcome.kind() == PatchOutcome.Kind.APPLIED);
        assertThat(tree()).isEqualTo(before).isNotEqualTo(after);

        List<Patch> again = new ArrayList<>();
        report.outcomes().forEach(outcome -> again.add(((PatchOutcome.Applied) outcome).diff().orElseThrow()));
        assertThat(run(again.toArray(Patch[]::new)).outcomes()).allMatch(outcome -> outcome.kind() == PatchOutcome.Kind.APPLIED);
        assertThat(tree()).isEqualTo(after);
    }

    @Test
    void doesNotUndoWhatSomebodyHasBuiltUpon() throws Exception {
        BatchReport report = run(change("text", "f1", 4, " 4", "-5", "+five", " 6"));
        Files.writeString(workspace.resolve("f1"), TEN.replace("5\n", "five\n") + "more\n");
        BatchReport undone = run(((PatchOutcome.Applied) report.outcomes().get(0)).inverse().orElseThrow());
        assertThat(undone.outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.CONFLICTED);
        assertThat(workspace.resolve("f1")).hasContent(TEN.replace("5\n", "five\n") + "more\n");
    }

    @Test
    void keepsAFolderThatAnInverseWouldTakeWhenSomethingElseIsInIt() throws Exception {
        BatchReport report = run(Patch.write("made", "new/file", new byte[] {1}));
        Files.writeString(workspace.resolve("new/mine"), "mine");
        run(((PatchOutcome.Applied) report.outcomes().get(0)).inverse().orElseThrow());
        assertThat(workspace.resolve("new/file")).doesNotExist();
        assertThat(workspace.resolve("new/mine")).hasContent("mine");
    }

    @Test
    void previewsWhatItWouldDoAndWritesNothing() throws Exception {
        Files.writeString(workspace.resolve("c.json"), "{\"a\": 1}\n");
        PatchBatch batch = PatchBatch.of(change("text", "f1", 4, " 4", "-5", "+five", " 6"), change("on-it", "f1", 4, " 4", "-five", "+FIVE", " 6"),
                Patch.jsonPatch("json", "c.json", "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]"), Patch.write("twin", "f9", new byte[] {1}),
                Patch.write("twin-2", "f9", new byte[] {1}), change("off", "f2", 4, " 4", "-V", "+five", " 6"), Patch.write("out", "../out", new byte[0]));
        Map<String, String> before = tree();
        BatchPreview preview = runner().preview(batch);

        assertThat(tree()).isEqualTo(before);
        assertThat(workspace.resolve(".autosync")).doesNotExist();
        assertThat(preview.patches()).extracting(patch -> patch.patch().id() + " " + patch.outcome().map(PatchOutcome::kind).map(Enum::name).orElse("applies"))
                .containsExactly("text applies", "on-it applies", "json applies", "twin applies", "twin-2 ALREADY_APPLIED", "off CONFLICTED", "out REFUSED");
        assertThat(preview.dependsOn("on-it")).containsExactly("text");
        assertThat(preview.dependsOn("json")).isEmpty();
        PatchPreview text = preview.patch("text").orElseThrow();
        assertThat(text.footprint().orElseThrow().changes()).hasToString("[f1:5-5]");
        assertThat(text.edits()).hasSize(1);
        assertThat(text.inverse()).isPresent();

        run(Patch.builder("all", "unified-diff").content(preview.diff()).build());
        Map<String, String> byDiff = tree();
        for (String path : List.of("f1", "c.json", "f9")) {
            if (before.containsKey(path)) {
                Files.writeString(workspace.resolve(path), before.get(path));
            } else {
                Files.delete(workspace.resolve(path));
            }
        }
        runner().run(batch);
        assertThat(tree()).isEqualTo(byDiff).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void makesAFileOfAFolderAndAFolderOfAFile(int copies) throws Exception {
        Files.createDirectories(workspace.resolve("e/sub"));
        Files.writeString(workspace.resolve("e/x"), "x");
        Files.writeString(workspace.resolve("e/sub/y"), "y");
        Files.writeString(workspace.resolve("g"), "g");
        Map<String, String> before = tree();
        PatchRunner runner = PatchRunner.builder(workspace).tests(new TreeSuite(context -> { }))
                .isolation(copies == 0 ? Isolation.inPlace() : Isolation.candidates(copies)).build();
        PatchBatch batch = PatchBatch.of(Patch.delete("x", "e/x"), Patch.delete("y", "e/sub/y"), Patch.write("e", "e", "a file".getBytes()),
                Patch.delete("g", "g"), Patch.write("below", "g/in/it", "in it".getBytes()));
        BatchReport report = runner.run(batch);

        assertThat(report.outcomes()).allSatisfy(outcome -> assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(PatchOutcome.Kind.APPLIED));
        assertThat(report.foreignChanges()).isEmpty();
        Map<String, String> wanted = new TreeMap<>(before);
        wanted.keySet().removeIf(path -> path.startsWith("e/"));
        wanted.putAll(Map.of("e", "a file", "g", "folder", "g/in", "folder", "g/in/it", "in it"));
        assertThat(tree()).isEqualTo(wanted);
    }

    @Test
    void putsTheFolderBackWhenWhatTookItsPlaceIsBad() throws Exception {
        Files.createDirectories(workspace.resolve("f7"));
        Files.writeString(workspace.resolve("f7/x"), "x");
        Map<String, String> before = tree();
        BatchReport report = PatchRunner.builder(workspace).tests(new TreeSuiteOfFiles()).build()
                .run(PatchBatch.of(Patch.delete("x", "f7/x"), Patch.write("bad", "f7", "BAD".getBytes())));
        assertThat(report.outcome("bad").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.BLAMED);
        before.remove("f7/x");
        assertThat(tree()).isEqualTo(before);
    }

    /** Does not read folders. */
    private static final class TreeSuiteOfFiles implements TestSuite {
        @Override
        public TestRun run(TestContext context) throws InterruptedException {
            Path file = context.workspace().resolve("f7");
            boolean bad = Files.isRegularFile(file);
            return TestRun.of(bad ? Verdict.RED : Verdict.GREEN, "", List.of(
                    TestResult.of("f7", bad ? TestResult.Status.FAILED
                            : TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        }
    }

    @Test
    void refusesAFileInThePlaceOfAFolderInWhichAnythingIsLeft() throws Exception {
        Files.createDirectories(workspace.resolve("e/empty"));
        Files.writeString(workspace.resolve("e/x"), "x");
        Files.createDirectories(workspace.resolve("hollow"));
        Files.writeString(workspace.resolve("e/mine"), "mine");
        BatchReport report = run(Patch.delete("x", "e/x"), Patch.write("e", "e", new byte[0]), Patch.write("hollow", "hollow", new byte[0]));
        assertThat(report.outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.APPLIED, PatchOutcome.Kind.REFUSED, PatchOutcome.Kind.REFUSED);
        assertThat(workspace.resolve("e/mine")).hasContent("mine");
    }

    @Test
    void takesItsLimitsFromItsBuilder() throws Exception {
        PatchLimits limits = PatchLimits.builder().maxPatches(2).maxBatchBytes(100).maxFileBytes(30).build();
        PatchRunner runner = PatchRunner.builder(workspace).tests(new TreeSuite(context -> { })).patchLimits(limits).build();
        assertThat(runner.run(PatchBatch.of(Patch.write("large", "f5", new byte[31]), Patch.write("small", "f6", new byte[30]))).outcomes())
                .extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.REFUSED, PatchOutcome.Kind.APPLIED);
        for (PatchBatch batch : List.of(PatchBatch.of(Patch.delete("a", "f1"), Patch.delete("b", "f2"), Patch.delete("c", "f3")),
                PatchBatch.of(Patch.write("a", "f1", new byte[101])))) {
            assertThatThrownBy(() -> runner.run(batch)).isInstanceOfSatisfying(AutoSyncException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.PATCH_LIMIT));
            assertThatThrownBy(() -> runner.preview(batch)).hasMessageContaining("set patchLimits");
        }
    }
}
