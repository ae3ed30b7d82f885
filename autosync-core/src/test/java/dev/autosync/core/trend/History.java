package dev.autosync.core.trend;

import dev.autosync.core.json.JsonOut;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.InMemoryStore;
import dev.autosync.trend.Kpi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A history made by hand, with events as the engine writes them. */
final class History {
    final InMemoryStore store = new InMemoryStore();
    private final List<Event> open = new ArrayList<>();
    private int cycles;
    private int runs;

    /** A run of the tests in the cycle that is open. */
    History run(String verdict, String content, int tests, List<String> failures, List<String> skipped) {
        Map<String, Double> numbers = Map.of("seconds", 1.5, "tests", (double) tests, "failed", (double) failures.size());
        return event("test-run", "run-" + runs++, numbers, JsonOut.line(out -> out.text("verdict", verdict).text("content", content)
                .texts("failures", failures.stream().limit(200).toList()).texts("skipped", skipped.stream().limit(200).toList())));
    }

    /** A run of ten tests of which some fail. */
    History run(String content, String... failures) {
        return run(failures.length == 0 ? "green" : "red", content, 10, List.of(failures), List.of());
    }

    /** A KPI in the cycle that is open. */
    History kpi(Kpi kpi) {
        Map<String, Double> numbers = new LinkedHashMap<>(Map.of("value", kpi.value(), "weight", kpi.weight()));
        kpi.target().ifPresent(target -> numbers.put("target", target));
        return event("kpi", kpi.name(), numbers, JsonOut.line(out -> out.text("unit", kpi.unit())
                .text("direction", kpi.direction() == Kpi.Direction.UP ? "up" : "down").bool("met", kpi.met())));
    }

    /** Any event in the cycle that is open. */
    History event(String kind, String subject, Map<String, Double> numbers, String payload) {
        open.add(Event.of(name(cycles), kind, subject, Instant.EPOCH.plusSeconds(cycles * 60L + open.size()), numbers, payload));
        return this;
    }

    /** Ends the cycle that is open. */
    History end(String subject, Map<String, Double> numbers) {
        event("cycle", subject, numbers, "{}");
        flush();
        cycles++;
        runs = 0;
        return this;
    }

    History green() {
        return end("green", Map.of("seconds", 10.0, "lockWaitSeconds", 0.0, "retries", 0.0));
    }

    History failed() {
        return end("failed", Map.of("seconds", 0.1));
    }

    /** Appends what the cycle that is open has, as a process does that dies before the cycle's end. */
    History flush() {
        store.append(new FencingToken(1), open);
        open.clear();
        return this;
    }

    /** What is appended under the name of a cycle after its end. */
    History late(int cycle, String kind, String subject) {
        store.append(new FencingToken(1), List.of(Event.of(name(cycle), kind, subject, Instant.EPOCH, Map.of("seconds", 0.5), "{}")));
        return this;
    }

    List<StoredEvent> events() {
        return store.read(EventQuery.all());
    }

    private static String name(int cycle) {
        return "c" + cycle;
    }
}
