package dev.autosync.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NumbersTest {

    @Property(tries = 500)
    void areReadBackToTheBitAndInTheirOrder(@ForAll("numbers") Map<String, Double> numbers) {
        Map<String, Double> read = Numbers.decode(Numbers.encode(numbers));
        assertThat(List.copyOf(read.entrySet())).isEqualTo(List.copyOf(numbers.entrySet()));
    }

    @Provide
    Arbitrary<Map<String, Double>> numbers() {
        Arbitrary<String> name = Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(8),
                Arbitraries.strings().withChars("\"\\{}:,\u0001\n\u001f/ ").ofMaxLength(6));
        Arbitrary<Double> number = Arbitraries.oneOf(Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL, 0.1),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
        return Arbitraries.maps(name, number).ofMaxSize(5);
    }

    @Example
    void areJson() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("z \"\\\u0001", -0.0);
        numbers.put("a", 1e300);
        assertThat(Numbers.encode(numbers)).isEqualTo("{\"z \\\"\\\\\\u0001\":-0.0,\"a\":1.0E300}");
        assertThat(Numbers.encode(Map.of())).isEqualTo("{}");
    }

    @Example
    void areNothingElse() {
        for (String text : List.of("", "{", "}", "{}}", "{\"a\"}", "{\"a\":}", "{\"a\":1.0", "{\"a\":1.0,}", "{\"a:1.0}", "{\"\\u00\":1}", "{a:1}",
                "{\"a\":x}", "{\"a\":1.0 \"b\":2.0}", "null", "{\"\\")) {
            assertThatThrownBy(() -> Numbers.decode(text)).as(text)
                    .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class);
        }
    }
}
