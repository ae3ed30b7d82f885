package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which alerts the history says are open: one event when an alert opens and one when it closes, however many cycles lie between. */
final class AlertLog {
    private static final String KIND = "alert";

    private final Set<String> open = new LinkedHashSet<>();
    private final KindReader reader = new KindReader(KIND);

    /** Reads what is new in the history. */
    void refresh(Store store) {
        for (StoredEvent stored : reader.news(store)) {
            String state = JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED)).requiredString("state");
            if (state.equals("open")) {
                open.add(stored.event().subject());
            } else {
                open.remove(stored.event().subject());
            }
        }
    }

    /** What the history is to keep of the alerts of a cycle. */
    List<Event> events(List<Alert> alerts, String cycle, Instant at) {
        List<Event> events = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>(open);
        for (Alert alert : alerts) {
            gone.remove(alert.id());
            if (!open.contains(alert.id())) {
                events.add(event(alert.id(), "open", alert.message(), cycle, at));
            }
        }
        gone.forEach(id -> events.add(event(id, "closed", "", cycle, at)));
        return events;
    }

    private static Event event(String id, String state, String message, String cycle, Instant at) {
        return Event.of(cycle, KIND, id, at, Map.of(), JsonOut.line(out -> out.text("state", state).text("message", message)));
    }
}
