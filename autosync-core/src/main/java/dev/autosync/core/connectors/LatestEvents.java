package dev.autosync.core.connectors;

import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest event of each subject of one kind, read on from where the last look has ended. For one thread at a time. */
final class LatestEvents {
    private final KindReader reader;
    private final Map<String, StoredEvent> bySubject = new LinkedHashMap<>();

    LatestEvents(String kind) {
        this.reader = new KindReader(kind);
    }

    LatestEvents refresh(Store store) {
        reader.news(store).forEach(stored -> bySubject.put(stored.event().subject(), stored));
        return this;
    }

    Optional<StoredEvent> of(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }
}
