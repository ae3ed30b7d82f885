package dev.autosync.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @Test
    void knowsWhereEachValueStands() {
        String text = "\uFEFF{\r\n \"a\\u00e9\\\"b\" : [1, -2.5e+3 ,\"\\ud83d\\ude00\\\\\"],\r\n\t\"\": {\"t\":true,\"f\" :false, \"n\":null}\r\n} \r\n";
        JsonNode root = parse(text);
        assertThat(root.raw()).isEqualTo(text.strip().substring(1));
        assertThat(root.start()).isEqualTo(1);
        assertThat(root.members()).extracting(JsonNode.Member::name).containsExactly("aé\"b", "");
        assertThat(root.members()).extracting(m -> text.substring(m.start(), m.end())).containsExactly("\"a\\u00e9\\\"b\"", "\"\"");
        assertThat(root.members()).extracting(JsonNode.Member::line).containsExactly(2, 3);
        JsonNode array = root.members().get(0).value();
        assertThat(array.elements()).extracting(JsonNode::raw).containsExactly("1", "-2.5e+3", "\"\\ud83d\\ude00\\\\\"");
        assertThat(array.elements().get(2).text()).isEqualTo("😀\\");
        assertThat(array.elements().get(2).pointer()).isEqualTo("/aé\"b/2");
        JsonNode inner = root.get("").orElseThrow();
        assertThat(inner.members()).extracting(m -> m.value().raw()).containsExactly("true", "false", "null");
        assertThat(inner.get("t").orElseThrow().bool()).isTrue();
        assertThat(inner.get("f").orElseThrow().bool()).isFalse();
        assertThat(inner.get("f").orElseThrow().location()).hasToString("x.json:3 (//f)");
        assertThat(root.end()).isEqualTo(text.length() - 3);
    }

    @Test
    void keepsOffsetsExactBeyondTheBufferOfTheParser() {
        String big = "x\\n".repeat(40_000);
        String text = "[\"" + big + "\", {\"" + big + "\":\r\n12345}, \"" + big + "\"]";
        JsonNode root = parse(text);
        assertThat(root.elements()).extracting(JsonNode::raw)
                .containsExactly("\"" + big + "\"", "{\"" + big + "\":\r\n12345}", "\"" + big + "\"");
        JsonNode number = root.elements().get(1).members().get(0).value();
        assertThat(number.raw()).isEqualTo("12345");
        assertThat(number.line()).isEqualTo(2);
    }

    @Test
    void takesTimeInProportionToTheText() {
        String text = "[" + "{\"id\":\"x\"},".repeat(400_000) + "0]";
        long start = System.nanoTime();
        assertThat(parse(text).elements()).hasSize(400_001);
        // Half a second as it should be, half a minute when every string looks at the whole text.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void acceptsSurrogatesWithoutAPartner() {
        JsonNode root = parse("{\"\\ud800\":\"\\uDC00\\uD83D\",\"\\\\ud800\":1,\"\\uD83d\\udE00\":2}");
        assertThat(root.members()).extracting(JsonNode.Member::name).containsExactly("\ud800", "\\ud800", "😀");
        assertThat(root.get("\ud800").orElseThrow().text()).isEqualTo("\udc00\ud83d");
    }

    @Test
    void keepsMembersThatHaveOneName() {
        JsonNode root = parse("{\"a\":1,\"b\":[{\"c\":1,\"\\u0063\":2}],\"a\":3}");
        assertThat(root.members()).hasSize(3);
        assertThat(root.get("a").orElseThrow().raw()).isEqualTo("1");
        assertThat(root.duplicate().orElseThrow().value().pointer()).isEqualTo("/b/0/c");
        assertThat(parse("{\"a\":{\"a\":1}}").duplicate()).isEmpty();
    }

    @Test
    void findsMembersOfLargeObjectsToo() {
        StringBuilder text = new StringBuilder("{\"k\":0");
        for (int i = 0; i < 100; i++) {
            text.append(",\"k").append(i).append("\":").append(i);
        }
        JsonNode root = parse(text.append('}').toString());
        assertThat(root.get("k77").orElseThrow().raw()).isEqualTo("77");
        assertThat(root.get("zz")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``|x.json:1: the text is empty, a JSON value was expected (column 1) [AS-1002]",
        "{\"a\":[1,2|x.json:1 (/a/2): the text ends too early, the array that starts in line 1 is not closed (column 10) [AS-1002]",
        "{\"a\":{\"b\":|x.json:1 (/a/b): the text ends too early, the object that starts in line 1 is not closed (column 11) [AS-1002]",
        "\"abc|x.json:1: the text ends too early (column 5) [AS-1002]",
        "-|x.json:1: the text ends too early (column 2) [AS-1002]",
        "{\"a\":1} xyz|x.json:1: something follows the end of the JSON value (column 9) [AS-1002]",
        "{\"a\":1}}|x.json:1: something follows the end of the JSON value (column 8) [AS-1002]",
        "{} []|x.json:1: something follows the end of the JSON value (column 4) [AS-1002]",
        "{\"a\":1,}|x.json:1: not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start property name (column 8) [AS-1002]",
        "[1}|x.json:1 (/1): not JSON: Unexpected close marker '}': expected ']' (column 3) [AS-1002]",
        "[+1]|x.json:1 (/0): not JSON: Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs (column 3) [AS-1002]",
        "[NaN]|x.json:1 (/0): not JSON: Non-standard token 'NaN' (column 5) [AS-1002]",
        "/* c */ 1|x.json:1: not JSON: Unexpected character ('/' (code 47)) (column 1) [AS-1002]",
        "[tru]|x.json:1 (/0): not JSON: Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (column 2) [AS-1002]",
    })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(AutoSyncException.class).hasMessage(message);
    }

    @Test
    void namesTheLineOfAnErrorAndHidesControlCharacters() {
        assertThatThrownBy(() -> parse("{\n\"a\": 1,\r\n\"b\": \u202Ex}"))
                .hasMessageStartingWith("x.json:3 (/b): not JSON: Unexpected character ('\\u202e'")
                .hasMessageContaining("(column 6)");
    }

    @Test
    void boundsNestingAndTheLengthOfNumbers() {
        assertThat(parse("[".repeat(500) + "]".repeat(500)).raw()).hasSize(1000);
        assertThat(parse("1".repeat(1000)).raw()).hasSize(1000);
        for (String text : List.of("[".repeat(501) + "]".repeat(501), "{\"a\":".repeat(100_000), "1".repeat(1001), "[1." + "0".repeat(100_000) + "]")) {
            AutoSyncException e = catchThrowableOfType(AutoSyncException.class,
                    () -> JsonText.parse(text, "x.json", ErrorCode.PATCH_MALFORMED, ErrorCode.PATCH_LIMIT));
            assertThat(e.code()).isEqualTo(ErrorCode.PATCH_LIMIT);
            assertThat(e).hasMessageContaining("limit of");
        }
        assertThatThrownBy(() -> parse("[".repeat(501))).hasMessageContaining("depth limit of 500");
    }

    @Test
    void boundsTheLengthOfTheText() {
        assertThatThrownBy(() -> parse(" ".repeat(JsonText.MAX_LENGTH + 1))).hasMessageContaining("the limit is 67108864");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "caf\u00e9\n", "\uFEFF{}"})
    void decodesUtf8(String text) {
        assertThat(JsonText.decode(text.getBytes(StandardCharsets.UTF_8), "x.json", ErrorCode.CONFIG_SYNTAX)).isEqualTo(text);
    }

    @Test
    void saysWhichByteIsNotUtf8() {
        assertThatThrownBy(() -> JsonText.decode(new byte[] {'a', '\n', 'b', (byte) 0xE9, '\n'}, "x.json", ErrorCode.CONFIG_SYNTAX))
                .hasMessage("x.json:2: byte 3 (0xE9) is not UTF-8 [AS-1002]");
        assertThatThrownBy(() -> JsonText.decode(new byte[] {'"', (byte) 0xC3}, "x.json", ErrorCode.CONFIG_SYNTAX))
                .hasMessageContaining("byte 1 (0xC3)");
    }

    private static JsonNode parse(String text) {
        return JsonText.parse(text, "x.json", ErrorCode.CONFIG_SYNTAX);
    }
}
