package dev.autosync.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

class JsonPropertyTest {

    @Property
    void whatIsQuotedIsReadBackAsItWas(@ForAll String text) {
        String quoted = JsonQuote.quote(text);
        assertThat(parse("[" + quoted + "]").elements().get(0).text()).isEqualTo(text);
        assertThat(parse("{" + quoted + ":0}").members().get(0).name()).isEqualTo(text);
    }

    @Property
    void pointersAreReadBackAsTheyWere(@ForAll String first, @ForAll String second) {
        JsonPointer pointer = new JsonPointer(List.of(first, second));
        assertThat(JsonPointer.parse(pointer.toString())).isEqualTo(pointer);
    }

    @Property
    void numbersAreEqualWhenTheirDecimalsCompareEqual(@ForAll int a, @ForAll int scaleA, @ForAll int b, @ForAll boolean same) {
        BigDecimal first = BigDecimal.valueOf(a, scaleA % 50);
        BigDecimal second = same ? first.setScale(first.scale() + 3) : BigDecimal.valueOf(b, scaleA % 50);
        assertThat(JsonNumbers.equal(first.toString(), second.toPlainString())).isEqualTo(first.compareTo(second) == 0);
    }

    @Property(tries = 5000)
    void anyTextIsParsedOrRefusedWithAPlace(
            @ForAll @Chars({'{', '}', '[', ']', ',', ':', '"', '\\', 'u', 'd', '8', '0', '1', '-', '.', 'e', ' ', '\n', '\r', 't', 'n'})
                    @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String text) {
        try {
            JsonNode root = parse(text);
            assertThat(text.substring(root.start(), root.end())).isEqualTo(root.raw());
            assertThat(text.strip()).isEqualTo(root.raw());
        } catch (AutoSyncException e) {
            assertThat(e.location().orElseThrow().line()).isPresent();
        }
    }

    /** The scanner and Jackson agree on what JSON is, with comments and without. */
    @Property(tries = 5000)
    void whatIsJsonIsWhatJacksonTakes(
            @ForAll @Chars({'{', '}', '[', ']', ',', ':', '"', '\\', 'u', 'd', '8', '0', '1', '-', '.', 'e', ' ', '\n', '\r', '\t', '/', '*'})
                    @StringLength(max = 10) String text, @ForAll boolean tolerant) {
        String wrapped = "[" + text + "]";
        assertThat(takes(wrapped, tolerant)).isEqualTo(jacksonTakes(wrapped, tolerant));
    }

    private static boolean takes(String text, boolean tolerant) {
        try {
            JsonText.parse(text, "x.json", ErrorCode.CONFIG_SYNTAX, ErrorCode.CONFIG_SYNTAX, new JsonLimits(1000, 500, 1000, 1000, tolerant));
            return true;
        } catch (AutoSyncException e) {
            return false;
        }
    }

    private static boolean jacksonTakes(String text, boolean tolerant) {
        JsonFactory factory = JsonFactory.builder().configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, tolerant)
                .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, tolerant).build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            int roots = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    parser.finishToken();
                }
                roots += parser.streamReadContext().inRoot() ? 1 : 0;
            }
            return roots == 1;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static JsonNode parse(String text) {
        return JsonText.parse(text, "x.json", ErrorCode.CONFIG_SYNTAX);
    }
}
