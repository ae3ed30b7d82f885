package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comes back of an event. */
abstract class StoreValueRules extends StoreReadRules {

    @Test
    @StoreRule("4.1")
    void givesBackTextAsItWas() {
        List<Event> events = new ArrayList<>();
        for (String text : List.of("", " ", "\"", "\\", "a\nb\r\nc\td", "\u0001\u001b[31m\u007f\u0085", "\u00e4\u00f6\u00fc\u00df",
                "\ud83d\ude80 \u65e5\u672c\u8a9e", "\u2028\u2029\u202e\ufeff\ufffd", "e\u0301 \u00e9", "</script>", "{\"a\":[1,2]}")) {
            events.add(event(text + "1", text + "2", text));
        }
        for (String payload : List.of("{}", "null", "[ 1.0, 1e2 ,-0 ]", " {\"a\" : \"\\u00e4\\n\\\"\" } ", "\"\ud83d\ude80\"",
                "{\"a\":1,\"a\":2}", "12345678901234567890.000")) {
            events.add(Event.of("cycle", "kind", "subject", START, Map.of(), payload));
        }
        try (Store store = open()) {
            store.append(TOKEN, events);
            assertEquals(events, store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
        try (Store store = open()) {
            assertEquals(persistent() ? events : List.of(), store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
    }

    @Test
    @StoreRule("4.2")
    void givesBackEventsThatAreHardToKeep() {
        List<Event> events = SampleEvents.hostile(1, 300);
        try (Store store = open()) {
            store.append(TOKEN, events.subList(0, 150));
            store.append(TOKEN, events.subList(150, 300));
            List<StoredEvent> stored = store.read(EventQuery.all());
            assertEquals(stored(TOKEN, 1, events), stored);
            for (StoredEvent event : stored.subList(0, 40)) {
                EventQuery same = EventQuery.all().cycle(event.event().cycle()).kind(event.event().kind()).subject(event.event().subject())
                        .since(event.event().at());
                assertTrue(store.read(same).contains(event), () -> "an event is found by its own values: " + event);
            }
        }
    }

    @Test
    @StoreRule("4.3")
    void givesBackALargePayload() {
        String payload = "\"" + "0123456789abcde\u00e4".repeat(1 << 16) + "\"";
        Event event = Event.of("cycle", "kind", "subject", START, Map.of(), payload);
        try (Store store = open()) {
            assertEquals(3, store.append(TOKEN, List.of(event, event, event)));
            assertEquals(stored(TOKEN, 1, List.of(event, event, event)), store.read(EventQuery.all()));
        }
    }

    @Test
    @StoreRule("4.4")
    void givesBackNumbersToTheBitAndTimesToTheMillisecond() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (double number : new double[] {0.0, -0.0, 1, 0.1, 1e21, -1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, 9007199254740993.0}) {
            numbers.put("n" + number, number);
        }
        List<Event> events = Stream.of("1969-12-31T23:59:59.999Z", "2026-11-23T11:50:34.001Z", "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z").map(at -> Event.of("cycle", "kind", "subject", Instant.parse(at), numbers, "{}")).toList();
        try (Store store = open()) {
            store.append(TOKEN, events);
            assertEquals(events, store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
    }
}
