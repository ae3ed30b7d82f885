package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private static Event event(Map<String, Double> numbers, String payload) {
        return Event.of("c", "patch", "p", AT, numbers, payload);
    }

    @Test
    void keepsItsNumbersInTheirOrderAndToItself() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("z", 1.0);
        numbers.put("a", 2.0);
        Event event = event(numbers, "{}");
        numbers.clear();

        assertThat(event.numbers().keySet()).containsExactly("z", "a");
        assertThatThrownBy(() -> event.numbers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalsByItsParts() {
        assertThat(event(Map.of("a", 1.0), "{}")).isEqualTo(event(Map.of("a", 1.0), "{}")).hasSameHashCodeAs(event(Map.of("a", 1.0), "{}"))
                .isNotEqualTo(event(Map.of("a", 2.0), "{}")).isNotEqualTo(event(Map.of("a", 1.0), "[]"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersThatJsonCannotHold(double number) {
        assertThatIllegalArgumentException().isThrownBy(() -> event(Map.of("a", number), "{}")).withMessageContaining("number a must be finite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n}", "{\r}"})
    void refusesAPayloadOfSeveralLines(String payload) {
        assertThatIllegalArgumentException().isThrownBy(() -> event(Map.of(), payload)).withMessageContaining("one line");
    }
}
