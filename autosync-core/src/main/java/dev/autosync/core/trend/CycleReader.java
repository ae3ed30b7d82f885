package dev.autosync.core.trend;

import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts events together to cycles. {@code docs/events.md} says what they hold. */
final class CycleReader {
    /** The engine records so many ids of tests in an event at most. */
    private static final int MOST_IDS = 200;

    private final Payloads payloads;

    CycleReader(Payloads payloads) {
        this.payloads = payloads;
    }

    /** The cycles, in the order of their first {@code cycle} events. */
    List<RecordedCycle> read(List<StoredEvent> events) {
        Map<String, StoredEvent> ends = new LinkedHashMap<>();
        events.stream().filter(LatestEvents::endsCycle).forEach(event -> ends.put(event.event().cycle(), event));
        Map<String, List<RecordedRun>> runs = new LinkedHashMap<>();
        Map<String, List<StoredEvent>> kpis = new LinkedHashMap<>();
        for (StoredEvent event : events) {
            String cycle = event.event().cycle();
            switch (event.event().kind()) {
                case "test-run" -> runs.computeIfAbsent(cycle, name -> new ArrayList<>()).add(run(event));
                case "kpi" -> kpis.computeIfAbsent(cycle, name -> new ArrayList<>()).add(event);
                default -> { }
            }
        }
        List<RecordedCycle> cycles = new ArrayList<>();
        ends.forEach((name, end) -> cycles.add(new RecordedCycle(cycles.size(), end, runs.getOrDefault(name, List.of()),
                kpis.getOrDefault(name, List.of()))));
        return cycles;
    }

    private RecordedRun run(StoredEvent event) {
        return payloads.read(event, payload -> run(event, payload)).orElseGet(() -> RecordedRun.unreadable(event));
    }

    private static RecordedRun run(StoredEvent event, JsonSection payload) {
        String verdict = payload.requiredString("verdict");
        List<String> failures = payload.strings("failures");
        List<String> skipped = payload.strings("skipped");
        return new RecordedRun(event, verdict.equals("green") || verdict.equals("red"), payload.requiredString("content"),
                Set.copyOf(failures), Set.copyOf(skipped), all(failures, event.event().numbers().get("failed")) && all(skipped, null));
    }

    /** Whether a list has them all, by their number where that was recorded. */
    private static boolean all(List<String> ids, @Nullable Double number) {
        return number == null ? ids.size() < MOST_IDS : ids.size() == number;
    }
}
