package dev.autosync.core.patch;

import static dev.autosync.core.patch.UnifiedDiffCasesTest.B;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.L10;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.L10_CHANGED;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.body;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.create;
import static dev.autosync.core.patch.UnifiedDiffCasesTest.hunk;
import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.AMBIGUOUS;
import static dev.autosync.spi.PatchPlan.Verdict.CONFLICT;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.text.GitBlob;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a patch may ask for beside its text: fuzz, the nearest place, a strip level; its limits; and what it says of itself. */
class UnifiedDiffOptionsTest {
    private static final UnifiedDiffFormat FORMAT = new UnifiedDiffFormat();
    private static final String WIDE = hunk("f", 3, " line 3", " line 4", "-line 5", "+LINE 5", " line 6", " line 7");

    private static PatchPlan plan(String diff, MapTree tree, String option, String value) {
        return FORMAT.plan(Patch.builder("p", "unified-diff").content(diff).option(option, value).build(), tree, PatchLimits.ofDefaults());
    }

    private static PatchPlan limited(String diff, MapTree tree, PatchLimits.Builder limits) {
        return FORMAT.plan(Patch.unifiedDiff("p", diff), tree, limits.build());
    }

    private static MapTree f(String text) {
        return new MapTree().file("f", text);
    }

    @ParameterizedTest
    @CsvSource({"i/, w/", "b/, a/", "old/, new/", "a/, b/", "orig/, new/", "a/, the copy of/"})
    void thePrefixesOfAGitLineGoWhateverTheyAre(String before, String after) {
        String diff = "diff --git " + before + "n " + after + "n\nnew file mode 100644\n--- /dev/null\n+++ " + after + "n\n@@ -0,0 +1 @@\n+new\n"
                + "diff --git " + before + "d/o " + after + "d/o\ndeleted file mode 100644\n--- " + before
                + "d/o\n+++ /dev/null\n@@ -1 +0,0 @@\n-old\n"
                + "diff --git " + before + "e " + after + "e\nnew file mode 100644\n"
                + "diff --git " + before + "f " + after + "f\n--- " + before + "f\n+++ " + after + "f\n@@ -1 +1 @@\n-x\n+y\n";
        MapTree tree = f("x\n").file("d/o", "old\n").file("w/f", "x\n").file("new/f", "x\n");
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", diff), tree, PatchLimits.ofDefaults());
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(EDITS);
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("n", "new\n", "e", "", "f", "y\n", "w/f", "x\n", "new/f", "x\n"));
    }

    @Test
    void namesThatAreTheSameOnBothSidesOfAGitLineHaveNoPrefix() {
        String diff = "diff --git b/a b/a\nnew file mode 100644\n--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+new\n";
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", diff), f("x\n"), PatchLimits.ofDefaults());
        assertThat(f("x\n").after(plan).texts()).isEqualTo(Map.of("f", "x\n", "b/a", "new\n"));
    }

    @Test
    void linesWithoutContextThatStandElsewhereAreNotInsertedOnceMore() {
        String diff = "--- a/f\n+++ b/f\n@@ -2,0 +3 @@\n+new\n";
        MapTree before = f("a\nb\nc\n");
        MapTree after = before.after(FORMAT.plan(Patch.unifiedDiff("p", diff), before, PatchLimits.ofDefaults()));
        assertThat(after.texts().get("f")).isEqualTo("a\nb\nnew\nc\n");
        assertThat(FORMAT.plan(Patch.unifiedDiff("p", diff), after, PatchLimits.ofDefaults()).verdict()).isEqualTo(ALREADY_APPLIED);

        MapTree moved = f("top\n" + after.texts().get("f"));
        PatchPlan again = FORMAT.plan(Patch.unifiedDiff("p", diff), moved, PatchLimits.ofDefaults());
        assertThat(again.verdict()).isEqualTo(AMBIGUOUS);
        assertThat(again.places()).containsExactly("f:3", "f:4");
        assertThat(plan(diff, moved, "ambiguous", "nearest").verdict()).as("the stated line was asked for").isEqualTo(EDITS);
    }

    @Test
    void linesWithoutContextGoToTheirLineInTheFileThatTheyWereMadeFor() {
        String file = "}\nb\nc\n";
        String id = GitBlob.id(file.getBytes(StandardCharsets.UTF_8));
        String diff = "diff --git a/f b/f\nindex " + id + ".." + "1".repeat(40) + " 100644\n--- a/f\n+++ b/f\n@@ -2,0 +3 @@\n+}\n";
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", diff), f(file), PatchLimits.ofDefaults());
        assertThat(f(file).after(plan).texts().get("f")).isEqualTo("}\nb\n}\nc\n");
    }

    @Test
    void fuzzKeepsTheLinesOfTheFileThatDiffer() {
        MapTree tree = f(L10.replace("line 3\n", "other\n").replace("line 7\n", "last\n"));
        PatchPlan plan = plan(WIDE, tree, "fuzz", "1");
        assertThat(plan.reason()).isEqualTo("hunk 1 of f applied with fuzz 1");
        assertThat(tree.after(plan).texts().get("f")).isEqualTo(L10_CHANGED.replace("line 3\n", "other\n").replace("line 7\n", "last\n"));
        assertThat(plan(WIDE, tree.after(plan), "fuzz", "1").verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Test
    void fuzzTakesAPlaceOnlyIfNoOtherFits() {
        String twice = L10.replace("line 3\n", "other\n") + L10.replace("line 7\n", "other\n");
        PatchPlan plan = plan(WIDE, f(twice), "fuzz", "2");
        assertThat(plan.verdict()).isEqualTo(AMBIGUOUS);
        assertThat(plan.places()).containsExactly("f:3", "f:13");
    }

    @Test
    void fuzzLeavesSomethingToLookFor() {
        PatchPlan plan = plan(hunk("f", 1, " a", "+new", " b"), f("x\ny\n"), "fuzz", "2");
        assertThat(plan.verdict()).isEqualTo(CONFLICT);
    }

    @Test
    void aHunkOfTheEndOfAFileStaysThereWithFuzzToo() {
        String end = hunk("f", 7, " line 7", " line 8", " line 9", "-line 10", "+LINE 10");
        PatchPlan plan = plan(end, f(L10.replace("line 7\n", "zzz\n") + "more\n"), "fuzz", "1");
        assertThat(plan.verdict()).isEqualTo(CONFLICT);
        MapTree tree = f(L10.replace("line 7\n", "zzz\n"));
        assertThat(plan(end, tree, "fuzz", "1").verdict()).isEqualTo(EDITS);
    }

    @Test
    void ofTwoPlacesEquallyFarNoneIsTheNearest() {
        String diff = hunk("f", 4, " a", "-b", "+c", " x");
        MapTree both = f("a\nb\nx\nx\nx\nx\na\nb\nx\n");
        assertThat(plan(diff, both, "ambiguous", "nearest").verdict()).isEqualTo(AMBIGUOUS);
        assertThat(plan(diff.replace("-4,3 +4,3", "-5,3 +5,3"), both, "ambiguous", "nearest").reason())
                .isEqualTo("hunk 1 of f applied 2 lines further down, the nearest of 2 places");
    }

    @Test
    void theNearestPlaceIsNotTakenWhereTheChangeStandsNearer() {
        String copies = "h\na\nt\n" + "mid\n".repeat(8) + "h\nB\nt\n" + "mid\n".repeat(8) + "h\na\nt\n";
        String diff = hunk("f", 13, " h", "-a", "+B", " t");
        assertThat(plan(diff, f(copies), "ambiguous", "nearest").verdict()).isNotEqualTo(EDITS);
        assertThat(plan(diff.replace("-13,3 +13,3", "-12,3 +12,3"), f(copies), "ambiguous", "nearest").verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Test
    void aStatedStripLevelCountsInsteadOfAGuess() {
        String diff = "--- x/y/f\n+++ x/z/f\n" + body(4, B);
        MapTree tree = f(L10).file("z/f", L10);
        assertThat(tree.after(plan(diff, tree, "strip", "2")).texts()).isEqualTo(Map.of("f", L10_CHANGED, "z/f", L10));
        assertThat(tree.after(plan(diff, tree, "strip", "1")).texts()).isEqualTo(Map.of("f", L10, "z/f", L10_CHANGED));
        assertThat(plan(diff, tree, "strip", "3").code()).contains(ErrorCode.PATCH_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"fuzz, 3", "fuzz, -1", "fuzz, one", "ambiguous, first", "strip, 21"})
    void anOptionWithAnotherValueIsRefused(String option, String value) {
        PatchPlan plan = plan(WIDE, f(L10), option, value);
        assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan.reason()).startsWith("the option '" + option + "' must be ");
    }

    @Test
    void theLimitsOfThePatchAreThoseThatItIsGiven() {
        String two = hunk("f", 4, B) + hunk("g", 4, B);
        MapTree tree = f(L10).file("g", L10);
        assertThat(limited(two, tree, PatchLimits.builder().maxHunks(2)).verdict()).isEqualTo(EDITS);
        assertThat(limited(two, tree, PatchLimits.builder().maxHunks(1)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxFiles(1)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxLines(15)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(hunk("f", 4, B), f(L10 + "x\n".repeat(10)), PatchLimits.builder().maxLines(19)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxLines(16)).verdict()).isEqualTo(EDITS);
        String longer = hunk("f", 4, " line 4", "+more", " line 5");
        assertThat(limited(longer, tree, PatchLimits.builder().maxFileBytes(L10.length() + 5)).verdict()).isEqualTo(EDITS);
        assertThat(limited(longer, tree, PatchLimits.builder().maxFileBytes(L10.length() + 4)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(longer, tree, PatchLimits.builder().maxFileBytes(L10.length() - 1)).code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void aHunkReadsItsContextAndChangesTheRest() {
        String text = "one\n" + L10;
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", hunk("f", 4, " line 4", "-line 5", "+LINE 5", "+more", " line 6", "+after", " line 7")),
                f(text), PatchLimits.ofDefaults());
        Footprint footprint = plan.footprint().orElseThrow();
        assertThat(footprint.reads()).extracting(Footprint.Place::toString).containsExactly("f:5-5", "f:7-7", "f:8-8");
        assertThat(footprint.changes()).extracting(Footprint.Place::toString).containsExactly("f:6-6", "f:before 8");
    }

    @Test
    void whatIsThereAlreadyIsRead() {
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", hunk("f", 4, B)), f(L10_CHANGED), PatchLimits.ofDefaults());
        assertThat(plan.footprint().orElseThrow()).hasToString("reads [f:4-6], changes []");
    }

    @Test
    void whatIsMoreThanHunksConcernsTheWholeFile() {
        String rename = "diff --git a/k b/m\nsimilarity index 100%\nrename from k\nrename to m\n";
        String copy = "diff --git a/k b/c\nsimilarity index 100%\ncopy from k\ncopy to c\n";
        String again = hunk("f", 4, B) + hunk("f", 7, " line 7", "-line 8", " line 9");
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", create("n", "new") + copy + rename + again), f(L10).file("k", "k\n"),
                PatchLimits.ofDefaults());
        Footprint footprint = plan.footprint().orElseThrow();
        assertThat(footprint.changes()).extracting(Footprint.Place::toString).containsExactly("n", "c", "m", "k", "f:5-5", "f");
        assertThat(footprint.reads()).extracting(Footprint.Place::toString).containsExactly("k", "f:4-4", "f:6-6");
    }

    @Test
    void aHunkWithoutALikeLineStillSaysWhatItExpects() {
        PatchPlan plan = FORMAT.plan(Patch.unifiedDiff("p", hunk("f", 4, B)), f("x\n\u001by\n"), PatchLimits.ofDefaults());
        assertThat(plan.verdict()).isEqualTo(CONFLICT);
        assertThat(plan.nearest().orElseThrow().expected()).containsExactly("line 4", "line 5", "line 6");
        assertThat(plan.nearest().orElseThrow().found()).containsExactly("\\u001by");
    }
}
