package dev.autosync.core.experience;

import dev.autosync.spi.StoredEvent;
import java.util.Map;
import java.util.Optional;

/** Decisions, each of them once. Memory: the latest 10,000. For one thread. */
public final class Decisions {
    private static final int MOST = 10_000;

    private final Map<String, Boolean> known = new Bounded<>(MOST);

    /** Decisions of which none has been seen. */
    public Decisions() {}

    /** What an event tells that was not known. */
    public Optional<Decision> news(StoredEvent event) {
        return Decision.of(event).filter(decision -> known.put(decision.key(), true) == null);
    }
}
