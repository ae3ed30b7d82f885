package dev.autosync.core.trend;

import dev.autosync.spi.StoredEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events belong to the latest cycles.
 *
 * <p>A cycle is what has a {@code cycle} event. What was appended under its name belongs to it, before that event and after it. Everything up
 * to the {@code cycle} event of the cycle before the first one that counts is older, so that a store can be read from there on.
 */
final class LatestEvents {
    static final String CYCLE = "cycle";

    private LatestEvents() {}

    /** The events of the latest cycles, in their order. */
    static List<StoredEvent> ofCycles(List<StoredEvent> events, int cycles) {
        List<StoredEvent> later = trim(events, cycles);
        Set<String> names = new HashSet<>();
        for (StoredEvent event : later) {
            if (endsCycle(event)) {
                names.add(event.event().cycle());
            }
        }
        return later.stream().filter(event -> names.contains(event.event().cycle())).toList();
    }

    /** A view of what follows the last cycle that is too old; events of cycles that have not ended are still in it. */
    static List<StoredEvent> trim(List<StoredEvent> events, int cycles) {
        int ends = 0;
        for (int i = events.size() - 1; i >= 0; i--) {
            if (endsCycle(events.get(i)) && ++ends > cycles) {
                return events.subList(i + 1, events.size());
            }
        }
        return events;
    }

    static boolean endsCycle(StoredEvent event) {
        return event.event().kind().equals(CYCLE);
    }
}
