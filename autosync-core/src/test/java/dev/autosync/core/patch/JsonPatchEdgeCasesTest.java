package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.jsonPatch;
import static dev.autosync.core.patch.JsonPlans.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.PatchPlan;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs on which JSON Patch libraries differ, and the answer that the RFCs give. Results are compared byte for byte. */
class JsonPatchEdgeCasesTest {

    @ParameterizedTest(name = "{0}: {1} ; {2} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1  | {'a':{'b':1}} | [{'op':'move','from':'/a','path':'/a/b/c'}] | malformed",
        "2  | {'a':{'b':{}}} | [{'op':'move','from':'/a','path':'/a/b'}] | malformed",
        "3  | {'a':1,'ab':{}} | [{'op':'move','from':'/a','path':'/ab/c'}] | {'ab':{'c':1}}",
        "4  | {'a':1} | [{'op':'move','from':'/a','path':'/a'}] | {'a':1}",
        "5  | {'a':1} | [{'op':'move','from':'/zz','path':'/zz'}] | conflict",
        "6  | {'a':1} | [{'op':'remove','path':''}] | malformed",
        "7  | {'a':1} | [{'op':'replace','path':'/b','value':1}] | conflict",
        "8  | {'foo':'bar'} | [{'op':'remove','path':'/baz'}] | conflict",
        "9  | {'a':1} | [{'op':'test','path':'/a','value':1.0}] | {'a':1}",
        "10 | {'a':100} | [{'op':'test','path':'/a','value':1e2}] | {'a':100}",
        "11 | {'a':0.1} | [{'op':'test','path':'/a','value':0.10}] | {'a':0.1}",
        "12 | {'a':0} | [{'op':'test','path':'/a','value':-0}] | {'a':0}",
        "13 | {'a':9007199254740993.0} | [{'op':'test','path':'/a','value':9007199254740992.0}] | conflict",
        "14 | {'a':1,'d':1e400} | [{'op':'replace','path':'/a','value':2}] | {'a':2,'d':1e400}",
        "15 | {'a':1,'d':0.12345678901234567890123} | [{'op':'replace','path':'/a','value':2}] | {'a':2,'d':0.12345678901234567890123}",
        "16 | {'a':1,'d':[1E5,100.00,1.10]} | [{'op':'replace','path':'/a','value':2}] | {'a':2,'d':[1E5,100.00,1.10]}",
        "17a| {'a':1,'a':2} | [{'op':'test','path':'/a','value':2}] | conflict",
        "17b| {'a':1,'a':2,'b':3} | [{'op':'replace','path':'/b','value':4}] | {'a':1,'a':2,'b':4}",
        "17c| {'a':{'x':1},'a':{'x':2}} | [{'op':'add','path':'/a/x','value':3}] | conflict",
        "17d| {'b':{'a':1,'a':2}} | [{'op':'test','path':'/b','value':{'a':2}}] | conflict",
        "17e| {'b':{'a':1,'a':2}} | [{'op':'copy','from':'/b','path':'/c'}] | {'b':{'a':1,'a':2},'c':{'a':1,'a':2}}",
        "18 | {'a':1} | [{'op':'remove','op':'add','path':'/a','value':3}] | malformed",
        "18b| {'a':1} | [{'op':'add','path':'/a','value':{'x':1,'x':2}}] | malformed",
        "19 | [1] | [{'op':'test','path':'/4294967296','value':1}] | conflict",
        "20 | [1] | [{'op':'add','path':'/99999999999999999999','value':1}] | conflict",
        "21 | [1] | [{'op':'test','path':'/+0','value':1}] | conflict",
        "22 | [1] | [{'op':'test','path':'/-0','value':1}] | conflict",
        "23 | [1,2] | [{'op':'test','path':'/\u0661','value':2}] | conflict",
        "24 | [1,2] | [{'op':'replace','path':'/01','value':9}] | conflict",
        "25 | {'a':1,'~2':1} | [{'op':'test','path':'/~2','value':1}] | malformed",
        "26 | {'a~':1} | [{'op':'test','path':'/a~','value':1}] | malformed",
        "27 | {'~1':10} | [{'op':'test','path':'/~01','value':10}] | {'~1':10}",
        "28 | {'a':1} | [{'op':'add','path':'/a/b','value':1}] | conflict",
        "29 | {} | [{'op':'add','path':'/a/b','value':1}] | conflict",
        "30 | [1] | [{'op':'remove','path':'/-'}] | conflict",
        "31 | [1] | [{'op':'replace','path':'/-','value':2}] | conflict",
        "32 | [{}] | [{'op':'add','path':'/0/-','value':2}] | [{'-': 2}]",
        "33 | [1,2] | [{'op':'copy','from':'/0','path':'/-'}] | [1,2,1]",
        "34 | {} | [{'op':'test','path':'/a','value':null}] | conflict",
        "35 | {'b':1} | [{'op':'add','path':'/a','value':null}] | {'b':1,'a':null}",
        "36 | [{},0,0] | [{'op':'add','path':'/0/a','value':{'x':1}},{'op':'copy','from':'/0/a','path':'/0/b'},{'op':'add','path':'/0/a/x','value':2}] | [{'a':{'x':2},'b':{'x':1}},0,0]",
        "37 | {'a':1} | [{'op':'replace','path':'','value':5}] | 5",
        "38 | {'a':[{'id':'x','v':1}],'id=x':0} | [{'op':'test','path':'/a/id=x/v','value':1}] | conflict",
        "39 | {'id=x':1} | [{'op':'test','path':'/id=x','value':1}] | {'id=x':1}",
        "40 | {'z':1,'a':2,'m':3} | [{'op':'replace','path':'/a','value':9},{'op':'add','path':'/z','value':9},{'op':'replace','path':'/z','value':8}] | {'z':8,'a':9,'m':3}",
        "41 | {} | [{'op':'ADD','path':'/a','value':1}] | malformed",
        "42 | {} | {'op':'add','path':'/a','value':1} | malformed",
        "44 | {'\\ud800':1} | [{'op':'test','path':'/\\ud800','value':1}] | {'\\ud800':1}",
        "44b| {'\\ud800':1} | [{'op':'replace','path':'/\\ud800','value':2}] | {'\\ud800':2}",
        "45 | \uFEFF{'a':1} | [{'op':'replace','path':'/a','value':2}] | \uFEFF{'a':2}",
        "46 | {'a':1} xyz | [{'op':'replace','path':'/a','value':2}] | conflict",
        "47 | {'a':1} | [{'op':'replace','path':'/a','value':2},{'op':'test','path':'/a','value':99}] | conflict",
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
    void takesAMemberNamedMinusIntoAnEmptyDocument() {
        assertThat(JsonPlans.patched("{}", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]")).isEqualTo("{\n  \"-\": 2\n}");
    }

    @Test
    void boundsTheDepthOfDocumentValueAndResult() {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        PatchPlan document = jsonPatch(deep, "[{\"op\":\"add\",\"path\":\"/-\",\"value\":1}]");
        assertThat(document.verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
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

    @Test
    void refusesCopiesThatMultiply() {
        String bomb = IntStream.range(0, 22)
                .mapToObj(i -> "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/k" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        jsonPatch("{\"a\":1}", bomb);
        long start = System.nanoTime();
        PatchPlan plan = jsonPatch("{\"a\":1}", bomb);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(plan.reason()).startsWith("operation /").contains("growth limit of 1048576");
    }

    @Test
    void boundsTheNumberOfOperations() {
        String op = "{\"op\":\"add\",\"path\":\"/-\",\"value\":0}";
        String most = "[" + (op + ",").repeat(9_999) + op + "]";
        assertThat(JsonPlans.parse(JsonPlans.patched("[]", most)).elements()).hasSize(10_000);
        PatchPlan plan = jsonPatch("[]", most.replaceFirst("\\[", "[" + op + ","));
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(plan.reason()).isEqualTo("there are 10001 operations, the limit is 10000");
    }

    @Test
    void keepsThePatchReusable() {
        String ops = "[{\"op\":\"add\",\"path\":\"/a\",\"value\":{\"x\":1}},{\"op\":\"add\",\"path\":\"/a/x\",\"value\":2}]";
        assertThat(JsonPlans.patched("{\"z\":0}", ops)).isEqualTo(JsonPlans.patched("{\"z\":0}", ops))
                .isEqualTo("{\"z\":0,\"a\":{\"x\":2}}");
    }
}
