package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.mergePatch;
import static dev.autosync.core.patch.JsonPlans.merged;
import static dev.autosync.core.patch.JsonPlans.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.PatchPlan.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchFormatTest {

    /* RFC 7396, appendix A; results as values. */
    @ParameterizedTest(name = "{0}: {1} ; {2} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1|{'a':'b'}|{'a':'c'}|{'a':'c'}", "2|{'a':'b'}|{'b':'c'}|{'a':'b','b':'c'}", "3|{'a':'b'}|{'a':null}|{}",
        "4|{'a':'b','b':'c'}|{'a':null}|{'b':'c'}", "5|{'a':['b']}|{'a':'c'}|{'a':'c'}", "6|{'a':'c'}|{'a':['b']}|{'a':['b']}",
        "7|{'a':{'b':'c'}}|{'a':{'b':'d','c':null}}|{'a':{'b':'d'}}", "8|{'a':[{'b':'c'}]}|{'a':[1]}|{'a':[1]}",
        "9|['a','b']|['c','d']|['c','d']", "10|{'a':'b'}|['c']|['c']", "11|{'a':'foo'}|null|null", "12|{'a':'foo'}|'bar'|'bar'",
        "13|{'e':null}|{'a':1}|{'e':null,'a':1}", "14|[1,2]|{'a':'b','c':null}|{'a':'b'}",
        "15|{}|{'a':{'bb':{'ccc':null}}}|{'a':{'bb':{}}}", "16|{'a':[1,null]}|{'a':[null]}|{'a':[null]}",
        "17|{'z':1,'b':0.10000000000000000001}|{'z':null}|{'b':0.10000000000000000001}",
        "18|{'a':1}|{'a':[{'b':null}]}|{'a':[{'b':null}]}", "19|{'a':1}|{'a':{'b':null,'c':{'d':null}}}|{'a':{'c':{}}}",
    })
    void mergesAsTheRfcSays(String row, String document, String patch, String expected) {
        String text = document.replace('\'', '"');
        String result = merged(text, patch.replace('\'', '"'));
        assertThat(JsonPlans.parse(result).sameValue(JsonPlans.parse(expected.replace('\'', '"')))).as(result).isTrue();
    }

    @Test
    void touchesOnlyTheMembersThatAreNamed() {
        assertThat(merged("{\r\n\t\"a\" : 1.10,\r\n\r\n\t\"b\" : { \"x\":1 , \"y\":[1,\r\n2]},\r\n\t\"c\" : 3\r\n}",
                        "{\"b\": {\"x\": null, \"z\": true}, \"c\": null, \"d\": 1E5}"))
                .isEqualTo("{\r\n\t\"a\" : 1.10,\r\n\r\n\t\"b\" : { \"y\":[1,\r\n2] , \"z\":true},\r\n\t\"d\" : 1E5\r\n}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':1,'a':2}|{'a':3}|conflict", "{'a':1,'a':2,'b':1}|{'b':3}|{'a':1,'a':2,'b':3}", "{'a':1}|{'a':2,'a':3}|malformed",
        "{'a':{'b':1,'b':2}}|{'a':{'b':null}}|conflict", "{'a':{'b':1,'b':2}}|{'a':null}|{}",
    })
    void doesNotGuessBetweenMembersOfOneName(String document, String patch, String expected) {
        String text = document.replace('\'', '"');
        assertThat(outcome(text, mergePatch(text, patch.replace('\'', '"')))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void namesTheMemberThatDoesNotFit() {
        assertThat(mergePatch("{\"a\":{\"b\":1,\"b\":2}}", "{\"a\":{\"b\":null}}").reason())
                .isEqualTo("member \"/a/b\": the name \"b\" stands twice in its object");
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        String patch = "{\"a\":{\"b\":[1,{\"c\":null}]},\"d\":null}";
        String once = merged("{\"d\":1}", patch);
        assertThat(mergePatch(once, patch).verdict()).isEqualTo(Verdict.ALREADY_APPLIED);
        assertThat(mergePatch("{ }", "{}").verdict()).isEqualTo(Verdict.ALREADY_APPLIED);
        assertThat(mergePatch("{ }", "{\"x\":null}").verdict()).isEqualTo(Verdict.ALREADY_APPLIED);
    }
}
