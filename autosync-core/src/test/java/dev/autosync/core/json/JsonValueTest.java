package dev.autosync.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1.0, true", "100, 1e2, true", "0.1, 0.10, true", "0, -0, true", "0e5, 0.000, true", "-1, 1, false",
        "9007199254740993.0, 9007199254740992.0, false", "1e999999999999999999999, 10E+999999999999999999998, true",
        "1e999999999999999999999, 1e999999999999999999998, false", "12.5e-3, 0.0125, true", "1e-400, 0, false",
        "0.00100, 1E-3, true", "10, 1, false", "123456789012345678901234567890, 123456789012345678901234567891, false",
    })
    void comparesNumbersByTheirExactWorth(String a, String b, boolean equal) {
        assertThat(JsonNumbers.equal(a, b)).isEqualTo(equal);
        assertThat(JsonNumbers.equal(b, a)).isEqualTo(equal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1,\"b\":[true,null]}|{ \"b\" : [true, null], \"\\u0061\" : 1.0 }|true",
        "[1,2]|[2,1]|false", "{}|[]|false", "{\"a\":null}|{}|false", "{\"a\":1}|{\"b\":1}|false", "\"1\"|1|false",
        "true|false|false", "\"\\u00e9\"|\"é\"|true", "[]|[null]|false",
    })
    void comparesValuesWithoutRegardToOrderAndSpelling(String a, String b, boolean same) {
        assertThat(parse(a).sameValue(parse(b))).isEqualTo(same);
        assertThat(parse(b).sameValue(parse(a))).isEqualTo(same);
    }

    @Test
    void doesNotCompareObjectsThatHaveANameTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> parse("{\"a\":1,\"a\":1}").sameValue(parse("{\"a\":1}")));
        assertThatIllegalArgumentException().isThrownBy(() -> parse("{\"a\":1}").sameValue(parse("{\"a\":1,\"a\":1}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/foo|foo", "/|``", "/a~1b|a/b", "/m~0n|m~n", "/~01|~1", "/c%d|c%d", "/ | "})
    void readsPointers(String text, String token) {
        String untrimmed = token == null ? " " : token;
        String pointer = token == null ? "/ " : text;
        assertThat(JsonPointer.parse(pointer).last()).isEqualTo(untrimmed);
        assertThat(JsonPointer.parse(pointer)).hasToString(pointer);
    }

    @Test
    void readsThePointerOfTheWholeDocument() {
        assertThat(JsonPointer.parse("").isRoot()).isTrue();
        assertThat(JsonPointer.parse("/a//b").tokens()).containsExactly("a", "", "b");
        assertThat(JsonPointer.parse("/a//b").parent()).hasToString("/a/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "#/a", "/~", "/a~", "/~2", "/~~0", "/a~/b"})
    void refusesWhatIsNoPointer(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonPointer.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+0", "-0", "00", "01", "1e0", " 1", "1 ", "\u0661", "a"})
    void refusesWhatIsNoIndex(String token) {
        assertThat(JsonPointer.index(token)).isEmpty();
    }

    @Test
    void readsIndexesWithoutWrappingAround() {
        assertThat(JsonPointer.index("0")).hasValue(0);
        assertThat(JsonPointer.index("10")).hasValue(10);
        assertThat(JsonPointer.index("4294967296")).hasValue(Integer.MAX_VALUE);
        assertThat(JsonPointer.index("99999999999999999999")).hasValue(Integer.MAX_VALUE);
    }

    @Test
    void tellsAPrefixByWholeSteps() {
        JsonPointer a = JsonPointer.parse("/a");
        assertThat(a.isProperPrefixOf(JsonPointer.parse("/a/b"))).isTrue();
        assertThat(a.isProperPrefixOf(JsonPointer.parse("/ab/c"))).isFalse();
        assertThat(a.isProperPrefixOf(a)).isFalse();
        assertThat(JsonPointer.parse("").isProperPrefixOf(a)).isTrue();
    }

    @Test
    void quotesWhatCannotStandInALiteral() {
        assertThat(JsonQuote.quote("a\"\\/\b\f\n\r\t\0\u007f\u0085é😀\ud800\u2028\u202e\uFEFF"))
                .isEqualTo("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u007f\\u0085é😀\\ud800\\u2028\\u202e\\ufeff\"");
    }

    private static JsonNode parse(String text) {
        return JsonText.parse(text, "x.json", ErrorCode.CONFIG_SYNTAX);
    }
}
