package dev.autosync.core.improve;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cycle of the history that has ended.
 *
 * @param end its {@code cycle} event
 * @param events all its events, in the order of their sequence numbers
 */
record PastCycle(StoredEvent end, List<StoredEvent> events) {
    /**
     * How many cycles the rules look back: enough to tell often from once, and few enough that a lesson goes soon after its trouble.
     */
    static final int RECENT = 20;

    /** How many of the recent cycles must show a trouble: a quarter of them. */
    static final int OFTEN = 5;

    /** How many times a thing must be seen, where seeing it at all means trouble: twice may be chance. */
    static final int REPEATED = 3;

    /** All cycles of a history that have ended, in their order. */
    static List<PastCycle> all(ImprovementContext context) {
        Map<String, List<StoredEvent>> byCycle = new LinkedHashMap<>();
        context.history().forEach(event -> byCycle.computeIfAbsent(event.event().cycle(), name -> new ArrayList<>()).add(event));
        List<PastCycle> cycles = new ArrayList<>();
        byCycle.values().forEach(events -> events.stream().filter(event -> event.event().kind().equals("cycle"))
                .reduce((earlier, later) -> later).ifPresent(end -> cycles.add(new PastCycle(end, List.copyOf(events)))));
        return cycles;
    }

    /** The latest cycles. */
    static List<PastCycle> recent(ImprovementContext context) {
        List<PastCycle> cycles = all(context);
        return cycles.subList(Math.max(0, cycles.size() - RECENT), cycles.size());
    }

    /** The sequence number of its end. */
    long sequence() {
        return end.sequence();
    }

    /** How it ended: {@code green}, {@code red} or {@code failed}. */
    String outcome() {
        return end.event().subject();
    }

    /** A number of the cycle as a whole; 0 if it has none of that name. */
    double number(String name) {
        return end.event().numbers().getOrDefault(name, 0.0);
    }

    /** The events of a kind. */
    List<StoredEvent> events(String kind) {
        return events.stream().filter(event -> event.event().kind().equals(kind)).toList();
    }

    /** The first event of a kind about a subject. */
    Optional<StoredEvent> event(String kind, String subject) {
        return events(kind).stream().filter(event -> event.event().subject().equals(subject)).findFirst();
    }

    /** The sum of a number over the events of a kind. */
    double sum(String kind, String number) {
        return events(kind).stream().mapToDouble(event -> event.event().numbers().getOrDefault(number, 0.0)).sum();
    }

    /** The sequence numbers of the ends of cycles. */
    static List<Long> ends(List<PastCycle> cycles) {
        return cycles.stream().map(PastCycle::sequence).toList();
    }
}
