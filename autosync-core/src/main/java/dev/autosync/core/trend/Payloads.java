package dev.autosync.core.trend;

import dev.autosync.core.experience.Payload;
import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import java.util.Optional;
import java.util.function.Function;

/** Reads payloads, and counts those that cannot be read: one bad event must not hide what all others show. For one analysis. */
final class Payloads {
    private int unreadable;

    /**
     * Reads a payload.
     *
     * @param reader takes from it what is wanted; throws what {@link JsonSection} throws
     * @return empty if it cannot be read
     */
    <T> Optional<T> read(StoredEvent event, Function<JsonSection, T> reader) {
        Optional<T> payload = Payload.read(event, section -> Optional.of(reader.apply(section)));
        unreadable += payload.isEmpty() ? 1 : 0;
        return payload;
    }

    int unreadable() {
        return unreadable;
    }
}
