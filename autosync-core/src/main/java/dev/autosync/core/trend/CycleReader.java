package dev.autosync.core.trend;

import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts events together to cycles. {@code docs/events.md} says what they hold. */
final class CycleReader {
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
                case "test-run" -> runs.computeIfAbsent(cycle, name -> new ArrayList<>()).add(RecordedRun.of(event, payloads));
                case "kpi" -> kpis.computeIfAbsent(cycle, name -> new ArrayList<>()).add(event);
                default -> { }
            }
        }
        List<RecordedCycle> cycles = new ArrayList<>();
        ends.forEach((name, end) -> cycles.add(new RecordedCycle(cycles.size(), end, runs.getOrDefault(name, List.of()),
                kpis.getOrDefault(name, List.of()))));
        return cycles;
    }
}
