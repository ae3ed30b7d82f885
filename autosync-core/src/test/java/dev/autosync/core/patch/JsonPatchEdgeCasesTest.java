package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.jsonPatch;
import static dev.autosync.core.patch.JsonPlans.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs on which JSON Patch libraries differ, and the answer that the RFCs give. Results are compared byte for byte. */
class JsonPatchEdgeCasesTest {

    @Test
    void hasAllRows() throws IOException {
        assertThat(edges()).hasSize(55);
        assertThat(edges().stream().map(Edge::row).distinct()).containsExactlyElementsOf(IntStream.rangeClosed(1, 48).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("edges")
    void comesOutAsTheTableSays(Edge edge) {
        PatchPlan plan = jsonPatch(edge.document(), edge.patch());
        assertThat(outcome(edge.document(), plan)).as(plan.reason()).isEqualTo(edge.expected());
    }

    /** A failure of an operation names its index, what it does, where, and why. */
    @ParameterizedTest
    @MethodSource("edges")
    void saysWhichOperationFailed(Edge edge) {
        PatchPlan plan = jsonPatch(edge.document(), edge.patch());
        boolean wholePatch = List.of(18, 42, 43, 46).contains(edge.row());
        boolean failed = plan.verdict() == PatchPlan.Verdict.CONFLICT || plan.verdict() == PatchPlan.Verdict.REFUSED;
        if (failed && !wholePatch) {
            assertThat(plan.reason()).matches("operation /(0|1|2[01])( \\((test|add|remove|replace|move|copy) \".*\"\\))?: .{10,}");
        } else if (failed) {
            assertThat(plan.reason()).hasSizeGreaterThan(20);
        } else {
            assertThat(plan.verdict()).isIn(PatchPlan.Verdict.EDITS, PatchPlan.Verdict.ALREADY_APPLIED);
        }
    }

    /** A record of the table. */
    record Edge(int row, String document, String patch, String expected) {
        @Override
        public String toString() {
            String all = row + ": " + document + " ; " + patch;
            return all.length() > 120 ? all.substring(0, 120) : all;
        }
    }

    static List<Edge> edges() throws IOException {
        List<Edge> edges = new ArrayList<>();
        for (JsonNode edge : JsonPlans.parse(Files.readString(Path.of("src/test/resources/json-patch-edge/edge_tests.json"))).elements()) {
            String expected = edge.get("expected").or(() -> edge.get("error")).orElseThrow().text();
            edges.add(new Edge(Integer.parseInt(edge.get("row").orElseThrow().raw()), text(edge.get("doc").orElseThrow()),
                    text(edge.get("patch").orElseThrow()), expected));
        }
        return edges;
    }

    private static String text(JsonNode parts) {
        if (parts.kind() == JsonNode.Kind.STRING) {
            return parts.text();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts.elements()) {
            text.append(part.kind() == JsonNode.Kind.STRING ? part.text()
                    : part.elements().get(0).text().repeat(Integer.parseInt(part.elements().get(1).raw())));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}: {1} ; {2} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "x1 | {'a':1} | [{'path':'/a','value':2}] | malformed",
        "x2 | {'a':1} | [{'op':'add','value':2}] | malformed",
        "x3 | {'a':1} | [{'op':'add','path':'/a'}] | malformed",
        "x4 | {'a':1} | [{'op':'copy','path':'/a'}] | malformed",
        "x5 | {'a':1} | [{'op':'add','path':1,'value':2}] | malformed",
        "x6 | {'a':1} | [{'op':'add','path':'a','value':2}] | malformed",
        "x7 | {'a':1} | [7] | malformed",
        "x8 | {'a':1} | [ | malformed",
        "x9 | {'a':1} | [{'op':'test','path':'/a','value':1,'comment':[]}] | {'a':1}",
        "x10| [1,2] | [{'op':'move','from':'/0','path':'/-'}] | [2,1]",
        "x11| {'a':{'b':1}} | [{'op':'move','from':'/a/b','path':''}] | 1",
        "x12| {'a':1} | [{'op':'copy','from':'','path':'/b'}] | {'a':1,'b':{'a':1}}",
        "x13| [1] | [{'op':'add','path':'/2','value':1}] | conflict",
        "x14| [1,2,3] | [{'op':'move','from':'/0','path':'/3'}] | conflict",
    })
    void comesOutAsTheRfcsSay(String row, String document, String patch, String expected) {
        String text = document.replace('\'', '"');
        assertThat(outcome(text, jsonPatch(text, patch.replace('\'', '"')))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void boundsTheDepthOfDocumentValueAndResult() {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        PatchPlan document = jsonPatch(deep, "[{\"op\":\"add\",\"path\":\"/-\",\"value\":1}]");
        assertThat(document.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(document.reason()).contains("depth limit");
        PatchPlan value = jsonPatch("[]", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":" + deep + "}]");
        assertThat(value.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(value.reason()).contains("depth limit");
        String half = "[".repeat(300) + "]".repeat(300);
        PatchPlan result = jsonPatch(half, "[{\"op\":\"add\",\"path\":\"" + "/0".repeat(299) + "/0\",\"value\":" + half + "}]");
        assertThat(result.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(result.reason()).contains("operation /0").contains("depth limit");
        PatchPlan twice = jsonPatch(half, "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"" + "/0".repeat(299) + "/0\"}]");
        assertThat(twice.code()).contains(ErrorCode.PATCH_LIMIT);
    }

    /** Fifty copies of everything into itself would make ten million gigabytes: nobody could make them first and decide then. */
    @Test
    void refusesCopiesThatMultiplyBeforeItCopies() {
        String bomb = IntStream.range(0, 50)
                .mapToObj(i -> "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/k" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        PatchPlan plan = jsonPatch("{\"a\":1}", bomb);
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(plan.reason()).isEqualTo("operation /20 (copy \"\" to \"/k20\"): the copies together would add more than the growth"
                + " limit of 16777216 characters");
        PatchPlan unlimited = new JsonPatchFormat().plan(Patch.jsonPatch("p", JsonPlans.FILE, bomb), JsonPlans.tree("{\"a\":1}"),
                PatchLimits.builder().maxCopyBytes(Long.MAX_VALUE).build());
        assertThat(unlimited.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(unlimited.reason()).isEqualTo("the result would be longer than 67108864 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[1]     | [{'op':'test','path':'/0','value':1},{'op':'test','path':'/0','value':1},{'op':'test','path':'/0','value':1}]"
                + " | there are 3 operations, the limit is 2",
        "[1]     | [{'op':'copy','from':'/0','path':'/-'},{'op':'copy','from':'','path':'/0'}]"
                + " | operation /1 (copy `` to `/0`): the copies together would add more than the growth limit of 5 characters",
        "[1]     | [{'op':'add','path':'/0','value':[[[1]]]}] | patch p:1 (/0/value/0/0): nested deeper than the depth limit of 4 (column 36)",
        "[[[[[]]]]] | [{'op':'remove','path':'/0'}] | a/b.json:1 (/0/0/0/0): nested deeper than the depth limit of 4 (column 5)",
        "[[[[]]]] | [{'op':'add','path':'/0/0/0/-','value':[]}]"
                + " | operation /0 (add `/0/0/0/-`): the result would be nested deeper than the depth limit of 4",
        "[1]     | [{'op':'add','path':'/0','value':12345678}] | patch p:1 (/0/value): a number is longer than the limit of 7 characters (column 42)",
        "[12345678] | [{'op':'remove','path':'/0'}] | a/b.json:1 (/0): a number is longer than the limit of 7 characters (column 10)",
        "[1]     | [{'op':'add','path':'/0','value':'123456789'}] | patch p:1 (/0/value): a string is longer than the limit of 8 characters (column 34)",
        "[0,0,0,0,0] | [{'op':'replace','path':'/0','value':1234567}] | the result would be longer than 16 characters",
    })
    void keepsToTheLimitsThatItIsGiven(String document, String patch, String reason) {
        PatchLimits limits = PatchLimits.builder().maxOperations(2).maxCopyBytes(5).maxDepth(4).maxNumberLength(7).maxStringLength(8)
                .maxFileBytes(16).build();
        PatchPlan plan = new JsonPatchFormat().plan(Patch.jsonPatch("p", JsonPlans.FILE, patch.replace('\'', '"')),
                JsonPlans.tree(document.replace('\'', '"')), limits);
        assertThat(plan.reason()).isEqualTo(reason.replace('`', '"'));
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void takesAHundredThousandOperationsAndNoMore() {
        String op = "{\"op\":\"test\",\"path\":\"/0\",\"value\":0}";
        String most = "[" + (op + ",").repeat(99_999) + op + "]";
        assertThat(jsonPatch("[0]", most).verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        assertThat(jsonPatch("[0]", most.replaceFirst("\\[", "[" + op + ",")).reason())
                .isEqualTo("there are 100001 operations, the limit is 100000");
    }

    @Test
    void keepsThePatchReusable() {
        String ops = "[{\"op\":\"add\",\"path\":\"/a\",\"value\":{\"x\":1}},{\"op\":\"add\",\"path\":\"/a/x\",\"value\":2}]";
        assertThat(JsonPlans.patched("{\"z\":0}", ops)).isEqualTo(JsonPlans.patched("{\"z\":0}", ops))
                .isEqualTo("{\"z\":0,\"a\":{\"x\":2}}");
    }
}
