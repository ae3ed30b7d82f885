package dev.autosync.core.patch;

import static dev.autosync.core.patch.JsonPlans.patched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with comments and trailing commas. In the table {@code '} is a quote and {@code $} a line break. */
class JsonCommentsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "value only           | {$  // a$  'a': /* one */ 1, // of a$  'b': 2$}          | replace /a 9  | {$  // a$  'a': /* one */ 9, // of a$  'b': 2$}",
        "the line of a member | {$  'a': 1, // of a$  // free$  /* of b */ 'b': 2, // of b$  'c': 3$} | remove /b | {$  'a': 1, // of a$  // free$  'c': 3$}",
        "first member out     | {$  // free$  'a': 1, // of a$  // of b$  'b': 2$}       | remove /a     | {$  // free$  // of b$  'b': 2$}",
        "last member out      | {$  'a': 1, // of a$  // free$  'b': 2 // of b$  // end$} | remove /b    | {$  'a': 1 // of a$  // free$  // end$}",
        "trailing comma stays | {$  'a': 1, // of a$  'b': 2, // of b$}                  | remove /b     | {$  'a': 1, // of a$}",
        "only member out      | {$  // free$  'a': 1, // of a$}                          | remove /a     | {$  // free$}",
        "only, of its own     | {$  'a': 1 // of a$}                                     | remove /a     | {}",
        "only, trailing comma | [$  1,$]                                                 | remove /0     | []",
        "inline               | {'a': 1 /* of a */, /* of b */ 'b': 2, /* of c */ 'c': 3} | remove /b    | {'a': 1 /* of a */, /* of c */ 'c': 3}",
        "comma in a comment   | [1, // one, two$ 2, 3]                                   | remove /1     | [1, // one, two$ 3]",
        "behind a comment     | {$  'a': 1 // of a$}                                     | add /b 2      | {$  'a': 1, // of a$  'b': 2$}",
        "behind both          | {$  'a': 1, // of a$}                                    | add /b 2      | {$  'a': 1, // of a$  'b': 2,$}",
        "behind a comma       | [$  1,$]                                                 | add /- 2      | [$  1,$  2,$]",
        "inline, behind       | [1, 2 /* two */]                                         | add /- 3      | [1, 2 /* two */, 3]",
        "before free lines    | {$  'a': 1$  // end$}                                    | add /b 2      | {$  'a': 1,$  'b': 2$  // end$}",
        "in front of its own  | [$  // first$  1, // one$  2$]                           | add /0 0      | [$  0,$  // first$  1, // one$  2$]",
        "between              | [$  1, // one$  // second$  2$]                          | add /1 0      | [$  1, // one$  0,$  // second$  2$]",
        "into what is empty   | {$  // nothing yet$}                                     | add /a 1      | {$  // nothing yet$  'a': 1$}",
        "empty, inline        | { /* nothing */ }                                        | add /a 1      | { /* nothing */ 'a': 1 }",
        "colon with a comment | {$  'a': /* one */ 1$}                                   | add /b 2      | {$  'a': /* one */ 1,$  'b': 2$}",
        "no new comments      | {$  'a': 1, // of a$  'b': 2$}                           | add /c 3      | {$  'a': 1, // of a$  'b': 2,$  'c': 3$}",
        "around the document  | // top$[1] // end                                        | add /- 2      | // top$[1,2] // end",
    })
    void stayWithWhatTheyStandBeside(String title, String before, String edit, String after) {
        String[] parts = edit.split(" ", 3);
        String value = parts[0].equals("remove") ? "" : ",\"value\":" + parts[2];
        String operation = "[{\"op\":\"" + parts[0] + "\",\"path\":\"" + parts[1] + "\"" + value + "}]";
        for (String lineEnd : new String[] {"\n", "\r\n"}) {
            assertThat(patched(text(before, lineEnd), operation)).isEqualTo(text(after, lineEnd));
        }
    }

    @Test
    void travelInsideOfWhatIsMovedAndCopied() {
        String document = "{\n  \"a\": { // of a\n    \"x\": [1, /* two */ 2,]\n  },\n  \"b\": {\n  }\n}";
        assertThat(patched(document, "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\"},{\"op\":\"replace\",\"path\":\"/c/x/0\",\"value\":0}]"))
                .isEqualTo("{\n  \"a\": { // of a\n    \"x\": [1, /* two */ 2,]\n  },\n  \"b\": {\n  },\n"
                        + "  \"c\": { // of a\n    \"x\": [0, /* two */ 2,]\n  }\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n// no\n}", "[1,]", "{\"a\":1,}", "/* no */ 1"})
    void areRefusedWhereThePatchSaysSo(String document) {
        assertThat(plan(document, "refuse").verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
        assertThat(plan(document, "refuse").reason()).contains("not JSON");
        assertThat(plan(document, "allow").verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[,]", "[1,,]", "{,}", "[1 /* ]", "[1] /", "[1] # no", "{\"a\",}", "[1 // no]"})
    void areTheOnlyThingThatIsForgiven(String document) {
        assertThat(plan(document, "allow").verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    @Test
    void areNotAllowedInThePatch() {
        assertThat(JsonPlans.jsonPatch("[1]", "[ // no\n]").code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(JsonPlans.mergePatch("{}", "{\"a\":1,}").code()).contains(ErrorCode.PATCH_MALFORMED);
    }

    @Test
    void haveTwoSettings() {
        assertThat(plan("[]", "maybe").code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan("[]", "maybe").reason()).isEqualTo("the option comments is \"maybe\"; it may be allow or refuse");
        assertThat(new JsonPatchFormat().options()).containsExactly("comments");
        assertThat(new MergePatchFormat().options()).containsExactly("comments");
    }

    private static PatchPlan plan(String document, String comments) {
        Patch patch = Patch.builder("p", "json-patch").target(JsonPlans.FILE).content("[]").option("comments", comments).build();
        return new JsonPatchFormat().plan(patch, JsonPlans.tree(document), PatchLimits.ofDefaults());
    }

    private static String text(String template, String lineEnd) {
        return template.replace('\'', '"').replace("$", lineEnd);
    }
}
