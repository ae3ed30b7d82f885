package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.FILE;
import static dev.autosync.core.patch.JsonPlans.jsonPatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PatchPlan.Verdict;
import dev.autosync.spi.PathRefusedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchFormatTest {
    private static final List<PatchFormat> BOTH = List.of(new JsonPatchFormat(), new MergePatchFormat());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{'op':'test','path':'/a','value':2}]|operation /0 (test \"/a\"): expected 2, found 1",
        "[{'op':'test','path':'/s','value':1}]|operation /0 (test \"/s\"): expected 1, found \"x\\n\"",
        "[{'op':'test','path':'/o','value':{}}]|operation /0 (test \"/o\"): expected an object, found an object that differs from it",
        "[{'op':'add','path':'/b','value':1},{'op':'remove','path':'/c/d'}]|operation /1 (remove \"/c/d\"): there is no member \"c\" in the document",
        "[{'op':'remove','path':'/o/x/y'}]|operation /0 (remove \"/o/x/y\"): \"/o/x\" is null, there is nothing in it",
        "[{'op':'move','from':'/l/2','path':'/l/0'}]|operation /0 (move \"/l/2\" to \"/l/0\"): index \"2\" is past the end of the array \"/l\", which has 2 elements",
        "[{'op':'replace','path':'/l/-','value':0}]|operation /0 (replace \"/l/-\"): \"-\" is behind the last element of \"/l\"",
        "[{'op':'replace','path':'/l/01','value':0}]|operation /0 (replace \"/l/01\"): \"01\" is no index of the array \"/l\"",
        "[{'op':'frob','path':'/l'}]|operation /0: there is no operation \"frob\"; there are add, remove, replace, move, copy and test",
        "[{'op':'add','path':'/l'}]|operation /0: \"value\" is missing",
        "[{'op':'test','path':'/\\u0007~','value':0}]|operation /0: \"path\" is \"/\\u0007~\", but a ~ in a JSON pointer is followed by 0 or 1",
        "[{'op':'test','op':'add'}]|the name \"op\" stands twice in its object in line 1 of the patch",
        "[{]|patch p:1 (/0): not JSON: Unexpected close marker ']': expected '}' (column 3)",
    })
    void saysWhichOperationFailsWhereAndWhy(String operations, String reason) {
        String document = "{\"a\":1,\"s\":\"x\\n\",\"o\":{\"x\":null},\"l\":[1,2]}";
        PatchPlan plan = jsonPatch(document, operations.replace('\'', '"'));
        assertThat(plan.verdict()).isIn(Verdict.CONFLICT, Verdict.REFUSED);
        assertThat(plan.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"op\":\"test\",\"path\":\"/a\",\"value\":[]}|{\"op\":\"test\",\"path\":\"/a\",\"value\":[]}",
        "{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/b\"}|{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/a\"}",
    })
    void manyOperationsOnALongValueAreRefusedInsteadOfTakingHours(String there, String back) {
        String document = "{\"a\":[" + " ".repeat(1 << 20) + "]}";
        String few = there + "," + back;
        assertThat(jsonPatch(document, "[" + few + "]").code()).isEmpty();
        PatchPlan plan = jsonPatch(document, "[" + few + ("," + few).repeat(600) + "]");
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(plan.reason()).startsWith("operation /63").contains("would move and test more than the limit of 67108864 characters");
    }

    @Test
    void aLongNeighbourIsJudgedByItsFirstValues() {
        String late = "[" + "1,".repeat(64) + "[]]";
        assertThat(group(late)).isEqualTo(group("[1]"));
        assertThat(group("[1,[]]")).isNotEqualTo(group("[1]"));
    }

    private static int group(String text) {
        return JsonStyle.group(JsonPlans.parse(text).tape(), 0);
    }

    @Test
    void namesNoLongTextInFull() {
        String reason = jsonPatch("{}", "[{\"op\":\"remove\",\"path\":\"/" + "x".repeat(100_000) + "\"}]").reason();
        assertThat(reason).hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]",
        "[{\"op\":\"test\",\"path\":\"/a\",\"value\":{\"b\":1}}]",
        "[{\"op\":\"replace\",\"path\":\"/a/b\",\"value\":1.0}]",
        "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":{\"b\":1.0}}]",
        "[{\"op\":\"add\",\"path\":\"/c\",\"value\":1},{\"op\":\"remove\",\"path\":\"/c\"}]",
        "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"}]",
    })
    void hasNothingToDoWhereTheFileIsAlreadyAsItShouldBe(String operations) {
        PatchPlan plan = jsonPatch("{ \"a\" : {\n\"b\":1.0} }", operations);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(Verdict.ALREADY_APPLIED);
    }

    @Test
    void keepsTheRightToBeExecuted() {
        FileContent before = FileContent.of("[1]").executable(true);
        PatchPlan plan = new JsonPatchFormat().plan(Patch.jsonPatch("p", FILE, "[{\"op\":\"remove\",\"path\":\"/0\"}]"),
                path -> Optional.of(before), PatchLimits.ofDefaults());
        assertThat(plan.edits().get(0).after()).contains(FileContent.of("[]").executable(true));
    }

    @Test
    void isKnownByItsName() {
        assertThat(BOTH).extracting(PatchFormat::name).containsExactly("json-patch", "merge-patch");
    }

    @Test
    void refusesAPatchWithoutTarget() {
        for (PatchFormat format : BOTH) {
            PatchPlan plan = format.plan(Patch.builder("p", format.name()).content("[]").build(), JsonPlans.tree("{}"), PatchLimits.ofDefaults());
            assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
            assertThat(plan.reason()).isEqualTo("the patch names no target, a " + format.name() + " needs one");
        }
    }

    @Test
    void conflictsWithAFileThatIsNotThere() {
        for (PatchFormat format : BOTH) {
            PatchPlan plan = plan(format, "[]", path -> Optional.empty());
            assertThat(plan.verdict()).isEqualTo(Verdict.CONFLICT);
            assertThat(plan.reason()).isEqualTo("the file \"a/b.json\" is not there");
        }
    }

    @Test
    void conflictsWithAFileThatIsNotJson() {
        for (PatchFormat format : BOTH) {
            assertThat(plan(format, "[]", JsonPlans.tree("{\n  # no\n}")).verdict()).isEqualTo(Verdict.CONFLICT);
            assertThat(plan(format, "[]", JsonPlans.tree("{\n  # no\n}")).reason()).startsWith("a/b.json:2: not JSON").contains("column 3");
            PatchPlan latin = plan(format, "[]", JsonPlans.tree(new byte[] {'"', (byte) 0xE9, '"'}));
            assertThat(latin.verdict()).isEqualTo(Verdict.CONFLICT);
            assertThat(latin.reason()).isEqualTo("a/b.json:1: byte 1 (0xE9) is not UTF-8");
        }
    }

    @Test
    void refusesAPatchThatIsNotJson() {
        for (PatchFormat format : BOTH) {
            PatchPlan latin = format.plan(Patch.builder("p", format.name()).target(FILE).content(new byte[] {'"', (byte) 0xE9, '"'}).build(),
                    JsonPlans.tree("{}"), PatchLimits.ofDefaults());
            assertThat(latin.code()).contains(ErrorCode.PATCH_MALFORMED);
            assertThat(plan(format, "", JsonPlans.tree("{}")).code()).contains(ErrorCode.PATCH_MALFORMED);
            assertThat(plan(format, "1".repeat(10_001), JsonPlans.tree("{}")).code()).contains(ErrorCode.PATCH_LIMIT);
        }
    }

    @Test
    void letsARefusedPathPass() {
        FileTree tree = path -> {
            throw new PathRefusedException("no");
        };
        for (PatchFormat format : BOTH) {
            assertThatThrownBy(() -> plan(format, "[]", tree)).isInstanceOf(PathRefusedException.class);
        }
    }

    private static PatchPlan plan(PatchFormat format, String content, FileTree tree) {
        return format.plan(Patch.builder("p", format.name()).target(FILE).content(content).build(), tree, PatchLimits.ofDefaults());
    }
}
