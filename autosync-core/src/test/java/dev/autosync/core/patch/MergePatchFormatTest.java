package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.mergePatch;
import static dev.autosync.core.patch.JsonPlans.merged;
import static dev.autosync.core.patch.JsonPlans.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.json.JsonNode;
import dev.autosync.spi.PatchPlan.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MergePatchFormatTest {

    /** RFC 7396, appendix A; results as values. */
    @ParameterizedTest
    @MethodSource("appendixA")
    void passesTheAppendixOfTheRfc(JsonNode vector) {
        String result = merged(vector.get("original").orElseThrow().raw(), vector.get("patch").orElseThrow().raw());
        assertThat(JsonPlans.parse(result).sameValue(vector.get("result").orElseThrow())).as(result).isTrue();
    }

    static List<JsonNode> appendixA() throws IOException {
        List<JsonNode> vectors = JsonPlans.parse(Files.readString(Path.of("src/test/resources/rfc7396/appendix_a.json"))).elements();
        assertThat(vectors).hasSize(15);
        return vectors;
    }

    @ParameterizedTest(name = "{0}: {1} ; {2} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "16|{'a':[1,null]}|{'a':[null]}|{'a':[null]}",
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
