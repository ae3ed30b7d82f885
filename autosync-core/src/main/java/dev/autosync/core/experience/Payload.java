package dev.autosync.core.experience;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.StoredEvent;
import java.util.Optional;
import java.util.function.Function;

/** Reads payloads with patience: one that is not as it should be teaches nothing. */
public final class Payload {
    private Payload() {}

    /** What a reader takes from a payload; empty if it cannot be read. */
    public static <T> Optional<T> read(StoredEvent event, Function<JsonSection, Optional<T>> reader) {
        try {
            return reader.apply(JsonSection.of(JsonText.parse(event.event().payload(), "store", ErrorCode.STORE_DAMAGED)));
        } catch (AutoSyncException e) {
            return Optional.empty();
        }
    }
}
