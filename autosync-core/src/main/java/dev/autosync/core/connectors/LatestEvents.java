package dev.autosync.core.connectors;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest event of each subject of one kind, read on from where the last look has ended. For one thread at a time. */
final class LatestEvents {
    private final String kind;
    private final Map<String, StoredEvent> bySubject = new LinkedHashMap<>();
    private long readUpTo;

    LatestEvents(String kind) {
        this.kind = kind;
    }

    LatestEvents refresh(Store store) {
        for (StoredEvent stored : store.read(EventQuery.all().kind(kind).after(readUpTo))) {
            readUpTo = stored.sequence();
            bySubject.put(stored.event().subject(), stored);
        }
        return this;
    }

    Optional<StoredEvent> of(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }
}
