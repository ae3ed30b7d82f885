package dev.autosync.core.patch;

import static dev.autosync.core.patch.UnifiedDiffCasesTest.L10;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.L10_CHANGED;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.body;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.create;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.hunk;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.lines;
import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.AMBIGUOUS;
import static dev.autosync.spi.PatchPlan.Verdict.CONFLICT;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static dev.autosync.spi.PatchPlan.Verdict.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedDiffFormatTest {
    private static final String[] B = UnifiedDiffCasesTest.B;

    private static PatchPlan plan(String diff, MapTree tree) {
        return DiffTexts.plan(diff.getBytes(StandardCharsets.UTF_8), tree);
    }

    private static MapTree f(String text) {
        return new MapTree().file("f", text);
    }

    @Test
    void aPatchThatIsPartlyThereAppliesTheRestAndSaysSo() {
        MapTree tree = f(L10_CHANGED).file("g", L10);
        PatchPlan plan = plan(hunk("f", 4, B) + hunk("g", 4, B), tree);
        assertThat(plan.verdict()).isEqualTo(EDITS);
        assertThat(plan.reason()).isEqualTo("f already is as the patch would make it");
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("f", L10_CHANGED, "g", L10_CHANGED));
    }

    @Test
    void aHunkThatIsThereMovesTheOnesAfterIt() {
        String text = lines("line ", 1, 40);
        String first = body(4, " line 4", "+new", " line 5");
        String second = body(30, " line 30", "-line 31", " line 32").replace("+30,", "+31,");
        MapTree tree = f(text.replace("line 5\n", "new\nline 5\n"));
        PatchPlan plan = plan("--- a/f\n+++ b/f\n" + first + second, tree);
        assertThat(plan.reason()).isEqualTo("hunk 1 of f was there already; hunk 2 of f applied 1 line further down");
        assertThat(tree.after(plan).texts().get("f")).isEqualTo(text.replace("line 5\n", "new\nline 5\n").replace("line 31\n", ""));
    }

    @Test
    void aConflictCountsMoreThanAnAmbiguity() {
        String copies = "x\na\nx\n-\nx\na\nx\n";
        PatchPlan plan = plan(hunk("f", 3, " x", "-a", "+B", " x") + hunk("g", 4, B), f(copies).file("g", "nothing\n"));
        assertThat(plan.verdict()).isEqualTo(CONFLICT);
        assertThat(plan.reason()).isEqualTo("hunk 1 of 1 to g: none of its lines is found near line 4; the file has 1 line");
    }

    @Test
    void aChangeMadeInOneCopyIsNotMadeInTheOther() {
        String copy = "h\nx\na\nx\n";
        String diff = hunk("f", 2, " x", "-a", "+B", " x");
        MapTree tree = f(copy + "mid\n" + copy);
        MapTree once = tree.after(plan(diff, tree));
        assertThat(once.texts().get("f")).isEqualTo("h\nx\nB\nx\nmid\n" + copy);
        PatchPlan again = plan(diff, once);
        assertThat(again.verdict()).isEqualTo(AMBIGUOUS);
        assertThat(again.places()).containsExactly("f:2", "f:7");
    }

    @Test
    void theBlobIdSaysThatAChangeIsMadeWhereverCopiesStand() {
        byte[] diff = DiffTexts.diff("f", FileContent.of("x\na\nx\nx\na\nx\n"),
                FileContent.of("x\nB\nx\nx\na\nx\n"));
        assertThat(DiffTexts.plan(diff, f("x\nB\nx\nx\na\nx\n")).verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Test
    void anAdditionAtTheEndAppliesOnlyThere() {
        String diff = hunk("f", 2, " b", " c", "+NEW");
        assertThat(plan(diff, f("a\nb\nc\n")).verdict()).isEqualTo(EDITS);
        PatchPlan grown = plan(diff, f("a\nb\nc\nd\n"));
        assertThat(grown.verdict()).isEqualTo(CONFLICT);
        assertThat(grown.reason()).isEqualTo("hunk 1 of 1 to f: its lines stand at line 2, but its context says that they end the file");
    }

    @Test
    void contextBetweenChangesAloneMeansTheWholeFile() {
        String diff = "--- a/f\n+++ b/f\n@@ -1 +1,3 @@\n+x\n b\n+y\n";
        assertThat(plan(diff, f("b\n")).verdict()).isEqualTo(EDITS);
        assertThat(plan(diff, f("b\nb\n")).verdict()).isEqualTo(CONFLICT);
    }

    @Test
    void hunksWithoutContextApplyOnlyWhereTheySay() {
        MapTree tree = f(L10);
        PatchPlan plan = plan("--- a/f\n+++ b/f\n@@ -2,0 +3 @@\n+new\n@@ -5 +6 @@\n-line 5\n+LINE 5\n@@ -9 +9,0 @@\n-line 9\n", tree);
        assertThat(tree.after(plan).texts().get("f")).isEqualTo(
                L10_CHANGED.replace("line 2\n", "line 2\nnew\n").replace("line 9\n", ""));
        assertThat(plan("--- a/f\n+++ b/f\n@@ -8 +7,0 @@\n-line 9\n", tree).verdict()).isEqualTo(CONFLICT);
        assertThat(plan("--- a/f\n+++ b/f\n@@ -11,0 +12 @@\n+x\n", tree).verdict()).isEqualTo(CONFLICT);
    }

    @Test
    void nothingIsJoinedToALastLineWithoutEnd() {
        assertThat(plan("--- a/f\n+++ b/f\n@@ -1,0 +2 @@\n+b\n", f("a")).reason())
                .isEqualTo("hunk 1 of 1 to f: a line would be joined to line 1, which has no line end");
    }

    @Test
    void aDiffForAnEmptyFileDoesNotGoOnTopOfAnother() {
        String diff = "--- f\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n";
        MapTree none = new MapTree();
        assertThat(none.after(plan(diff, none)).texts()).isEqualTo(Map.of("f", "a\nb\n"));
        assertThat(plan(diff, f("")).verdict()).isEqualTo(EDITS);
        assertThat(plan(diff, f("a\nb\n")).verdict()).isEqualTo(ALREADY_APPLIED);
        assertThat(plan(diff, f("a\nb\nc\n")).verdict()).isEqualTo(CONFLICT);
    }

    @Test
    void lineEndsOfAMixedFileStayAndAddedLinesFollowTheirNeighbour() {
        MapTree tree = f("a\nb\r\nc\r\nd\r\ne\n");
        PatchPlan plan = plan(hunk("f", 2, " b", "-c", "+C", " d"), tree);
        assertThat(tree.after(plan).texts().get("f")).isEqualTo("a\nb\r\nC\r\nd\r\ne\n");
        assertThat(plan.reason()).contains("line ends of f (MIXED)");
    }

    @Test
    void aPatchThatChangesLineEndsIsTakenAtItsWord() {
        MapTree tree = f("a\r\nb\r\n");
        String diff = "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r\n";
        MapTree after = tree.after(plan(diff, tree));
        assertThat(after.texts().get("f")).isEqualTo("a\nb\r\n");
        assertThat(plan(diff, after).verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Test
    void withoutPrefixesTheOneFileThatIsThereIsMeant() {
        assertThat(plan("--- old/f\n+++ new/f\n" + body(4, B), f(L10)).edits().get(0).path()).isEqualTo("f");
        assertThat(plan("--- f.orig\tsome time\n+++ f\tsome time\n" + body(4, B), f(L10)).edits().get(0).path()).isEqualTo("f");
        PatchPlan several = plan("--- old/f\n+++ new/f\n" + body(4, B), f(L10).file("new/f", L10));
        assertThat(several.verdict()).isEqualTo(AMBIGUOUS);
        assertThat(several.places()).containsExactly("new/f:4", "f:4");
        PatchPlan none = plan("--- old/f\n+++ new/f\n" + body(4, B), new MapTree());
        assertThat(none.reason()).isEqualTo("there is no file new/f or old/f or f");
    }

    @Test
    void namesWithSpacesTabsAndQuotesAreRead() {
        MapTree tree = new MapTree().file("a b", L10).file("q\"\t\\", L10);
        PatchPlan plan = plan("diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n" + body(4, B)
                + "diff --git \"a/q\\\"\\t\\\\\" \"b/q\\\"\\t\\\\\"\nold mode 100644\nnew mode 100755\n", tree);
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("a b", L10_CHANGED, "q\"\t\\*", L10));
    }

    @Test
    void mailsAroundTheDiffsAreSkipped() {
        MapTree tree = f(L10);
        PatchPlan plan = plan("From 1234\nSubject: x\n\n---\n f | 2 +-\n\n" + hunk("f", 4, B) + "-- \n2.39.5\n\nFrom 5678\n\n - a point\n"
                + create("n", "new") + "\n", tree);
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("f", L10_CHANGED, "n", "new\n"));
    }

    @Test
    void aCutOffLastLineEndIsPutBack() {
        MapTree tree = f(L10);
        assertThat(tree.after(plan(hunk("f", 4, B).stripTrailing(), tree)).texts().get("f")).isEqualTo(L10_CHANGED);
    }

    @Test
    void renamesThatHappenedAreAlreadyApplied() {
        String rename = "diff --git a/f b/g\nsimilarity index 100%\nrename from f\nrename to g\n";
        assertThat(plan(rename, new MapTree().file("g", L10)).verdict()).isEqualTo(ALREADY_APPLIED);
        assertThat(plan(rename, new MapTree()).reason()).isEqualTo("f is not there");
        assertThat(plan(rename, f(L10).file("g", "x")).reason()).isEqualTo("g is there already");
        String changed = rename + "--- a/f\n+++ b/g\n" + body(4, B);
        assertThat(plan(changed, new MapTree().file("g", L10_CHANGED)).verdict()).isEqualTo(ALREADY_APPLIED);
        assertThat(plan(changed, new MapTree().file("g", L10)).verdict()).isEqualTo(CONFLICT);
    }

    @Test
    void copiesStartFromTheFileBeforeThePatch() {
        MapTree tree = f(L10);
        String copy = "diff --git a/f b/g\nsimilarity index 100%\ncopy from f\ncopy to g\n";
        PatchPlan plan = plan(hunk("f", 4, B) + copy, tree);
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("f", L10_CHANGED, "g", L10));
        assertThat(plan(copy, tree.file("g", L10)).verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Test
    void threeFilesCanChangePlacesAndChainsOfRenamesFollowEachOther() {
        String form = "diff --git a/%1$s b/%2$s\nsimilarity index 100%%\nrename from %1$s\nrename to %2$s\n";
        MapTree tree = new MapTree().file("a", "A").file("b", "B").file("c", "C");
        assertThat(tree.after(plan(form.formatted("a", "b") + form.formatted("b", "c") + form.formatted("c", "a"), tree)).texts())
                .isEqualTo(Map.of("a", "C", "b", "A", "c", "B"));
        MapTree one = new MapTree().file("a", "A");
        assertThat(one.after(plan(form.formatted("a", "b") + form.formatted("b", "c"), one)).texts()).isEqualTo(Map.of("c", "A"));
    }

    @Test
    void everyPathIsCheckedBeforeAnyConflictIsSeen() {
        assertThatThrownBy(() -> plan(hunk("f", 4, B) + create("../evil", "x"), f("other\n"))).isInstanceOf(PathRefusedException.class);
        String rename = "diff --git a/f b/.git/x\nsimilarity index 100%\nrename from f\nrename to .git/x\n";
        assertThatThrownBy(() -> plan(rename, f(L10))).isInstanceOf(PathRefusedException.class);
        assertThatThrownBy(() -> plan("--- /etc/f\n+++ f\n" + body(4, B), f(L10))).isInstanceOf(PathRefusedException.class);
        assertThat(plan(hunk("d/./f", 4, B), f(L10)).code()).contains(ErrorCode.PATCH_PATH_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nothing like a diff|1",
        "@@ -1 +1 @@\\n-a\\n+b\\n|1",
        "--- a/f\\n+++ b/f\\n@@ -1 +1\\n-a\\n+b\\n|3",
        "--- a/f\\n+++ b/f\\n@@ -99999999999 +1 @@\\n-a\\n+b\\n|3",
        "--- a/f\\n+++ b/f\\n@@ -1,2 +1 @@\\n-a\\n+b\\n|3",
        "--- a/f\\n+++ b/f\\n@@ -1 +1 @@\\n-a\\n+b\\n+c\\n|3",
        "--- a/f\\n+++ b/f\\n@@ -1 +1 @@\\n-a\\n+b\\n\\n c\\n|3",
        "--- a/f\\n+++ b/f\\n@@ -1,2 +1,2 @@\\n-a\\n\\\\ No newline\\n b\\n+b\\n|5",
        "diff --git a/f b/f\\nGIT binary patch\\n|3",
        "--- a/f\\n+++ b/f\\nnothing\\n|2",
        "diff --git a/f b/f\\n--- a/f\\n|3",
        "diff --git a/f b/f\\nindex 123..456\\n|1",
        "diff --git a/f b/f\\nrename from f\\n|1",
        "diff --git a/f b/f\\nnew file mode 100644\\ndeleted file mode 100644\\n|3",
        "diff --git a/f b/f\\nnew mode abc\\n|2",
        "diff --git \"a/\\\\377\" \"b/\\\\377\"\\nnew mode 100755\\n|1",
        "--- /dev/null\\n+++ /dev/null\\n@@ -0,0 +1 @@\\n+a\\n|1",
        "--- /dev/null\\n+++ b/n\\n@@ -1 +1 @@\\n-a\\n+b\\n|3"})
    void malformedPatchesAreRefusedWithTheirLine(String patch, int line) {
        PatchPlan plan = plan(patch.replace("\\\\", "\u0000").replace("\\n", "\n").replace('\u0000', '\\'), f("a\n"));
        assertThat(plan.verdict()).isEqualTo(REFUSED);
        assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan.reason()).startsWith("line " + line + " of the patch: ");
    }

    @ParameterizedTest
    @CsvSource({"new file mode 120000", "new file mode 160000", "deleted file mode 120000", "old mode 120000", "index 1234567..7654321 160000",
        "new file mode 040000", "Binary files a/f and b/f differ"})
    void whatIsNoTextOfARegularFileIsUnsupported(String header) {
        PatchPlan plan = plan("diff --git a/f b/f\n" + header + "\n--- a/f\n+++ b/f\n" + body(4, B), f(L10));
        assertThat(plan.code()).contains(ErrorCode.PATCH_UNSUPPORTED);
    }

    @Test
    void damagedBinaryContentIsRefused() {
        String header = "diff --git a/f b/f\nindex 1234567..7654321 100644\nGIT binary patch\n";
        assertThat(plan(header + "delta 10\nRcmZPo00\n\n", f("a")).code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan(header + "literal 5\nzzzz\n\n", f("a")).code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan(header + "literal 5\nDaaaaa\n\n", f("a")).code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan(header + "literal 99999999\nDaaaaa\n\n", f("a")).code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void quotedTextCannotForgeTheReason() {
        PatchPlan plan = plan("--- a/f\n+++ b/f\n@@ -1,9 +1,9 @@\n-a\n\u001b[2J" + "x".repeat(500) + "\n", f("a\n"));
        assertThat(plan.reason()).contains("\\u001b[2J").hasSizeLessThan(300);
    }

    @Test
    @Timeout(30)
    void manyNearMatchesStayCheap() {
        String file = "a\n".repeat(200_000);
        StringBuilder diff = new StringBuilder("--- a/f\n+++ b/f\n@@ -1,20001 +1,20001 @@\n").append(" a\n".repeat(20_000)).append("-b\n+c\n");
        PatchPlan plan = plan(diff.toString(), f(file));
        assertThat(plan.verdict()).isEqualTo(CONFLICT);
    }

    @Test
    @Timeout(30)
    void tooMuchWorkIsRefused() {
        StringBuilder diff = new StringBuilder("--- a/f\n+++ b/f\n");
        for (int i = 1; i < 30_000; i++) {
            int line = 10 * i;
            diff.append("@@ -").append(i % 2 == 0 ? 1 : 300_000).append(",3 +1,3 @@\n line ").append(line).append("\n-line ")
                    .append(line + 1).append("\n+x\n line ").append(line + 2).append('\n');
        }
        PatchPlan plan = plan(diff.toString(), f(lines("line ", 1, 300_000)));
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void tooManyHunksAreRefused() {
        StringBuilder diff = new StringBuilder("--- a/f\n+++ b/f\n");
        for (int i = 1; i <= 100_001; i++) {
            diff.append("@@ -").append(i).append(" +").append(i).append(" @@\n-a\n+b\n");
        }
        assertThat(plan(diff.toString(), f("a\n".repeat(100_001))).code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void takesACarriageReturnAtTheOpenEndOfAFileForItsLastByte() {
        String diff = "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+b\n x\r\n\\ No newline at end of file\n";
        PatchPlan plan = DiffTexts.plan(diff.getBytes(StandardCharsets.UTF_8), f("a\nx\r"));
        assertThat(plan.edits()).as(plan.reason()).singleElement()
                .satisfies(edit -> assertThat(edit.after().orElseThrow().bytes()).asString().isEqualTo("b\nx\r"));

        byte[] crLf = diff.replace("\r", "").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(DiffTexts.plan(crLf, f("a\r\nx")).edits()).singleElement()
                .satisfies(edit -> assertThat(edit.after().orElseThrow().bytes()).asString().isEqualTo("b\r\nx"));
    }
}
