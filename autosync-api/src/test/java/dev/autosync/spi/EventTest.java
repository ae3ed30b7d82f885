package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.lock.FencingToken;
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

    @Test
    void holdsOnlyTextThatEveryStoreCanKeep() {
        Event event = Event.of("a\0", "\ud800b", "c\udc00\ud83d\ude80\ud83d", AT, Map.of("\udfff", 1.0), "\"\0\ud800\"");

        assertThat(event.cycle()).isEqualTo("a\ufffd");
        assertThat(event.kind()).isEqualTo("\ufffdb");
        assertThat(event.subject()).isEqualTo("c\ufffd\ud83d\ude80\ufffd");
        assertThat(event.numbers()).containsExactly(Map.entry("\ufffd", 1.0));
        assertThat(event.payload()).isEqualTo("\"\ufffd\ufffd\"");
    }

    @Test
    void isFoundByTheTextThatItWasGiven() {
        StoredEvent stored = new StoredEvent(1, new FencingToken(1), Event.of("\0", "\ud800", "\udc00", AT, Map.of(), "{}"));

        assertThat(EventQuery.all().cycle("\0").kind("\ud800").subject("\udc00").matches(stored)).isTrue();
    }
}
