package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for the history at the end of a cycle, while the workspace is held: its mirror is brought up to date, and old events go. Nothing goes
 * that the mirror does not have. For one thread at a time.
 */
final class Upkeep {
    static final String RETENTION = "retention";
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final CurrentStore store;
    private final Optional<StoreMirror> mirror;
    private final Optional<RetentionPolicy> policy;
    private final Clock clock;
    private final KindReader reader = new KindReader(RETENTION);
    private @Nullable StoredEvent last;

    /**
     * The upkeep of a store.
     *
     * @param mirror its mirror; empty for none
     * @param policy what goes; empty for nothing
     */
    Upkeep(CurrentStore store, Optional<StoreMirror> mirror, Optional<RetentionPolicy> policy, Clock clock) {
        this.store = store;
        this.mirror = mirror;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Does it.
     *
     * @param token the lease's
     * @param looked the events that analyses have looked at, which stay; none if they failed, and then all stays
     */
    void run(String cycle, FencingToken token, List<StoredEvent> looked) throws InterruptedException {
        mirror();
        Optional<Instant> oldest = looked.stream().map(event -> event.event().at()).min(Instant::compareTo);
        if (policy.isPresent() && oldest.isPresent() && compact(cycle, token, policy.get().at(clock.instant(), oldest.get()))) {
            mirror();
        }
    }

    private void mirror() throws InterruptedException {
        if (mirror.isPresent() && !store.name().equals(StoreMirror.KIND)) {
            mirror.get().follow(store);
        }
    }

    /** Lets events go unless that was done; says whether it was done now. */
    private boolean compact(String cycle, FencingToken token, Retention retention) throws InterruptedException {
        if (done(retention)) {
            return false;
        }
        Compaction compaction = store.maintenance().orElseThrow(() -> new StoreException(ErrorCode.STORE_FAILED,
                "the store cannot remove events; take the retention out of the configuration, or take another store", null))
                .compact(token, retention);
        LOG.info("Let {} old events go: {}", compaction.removed(), retention);
        store.append(token, List.of(Event.of(cycle, RETENTION, "", clock.instant(), Map.of("removed", (double) compaction.removed(),
                "bytesBefore", (double) compaction.bytesBefore(), "bytesAfter", (double) compaction.bytesAfter()), JsonOut.line(out -> out
                .text("before", retention.before().toString()).texts("kinds", new TreeSet<>(retention.kinds()))))));
        return true;
    }

    /** Whether these kinds were let go up to that day already: so it happens once a day at most, whichever process asks. */
    private boolean done(Retention retention) {
        reader.news(store).forEach(event -> last = event);
        if (last == null) {
            return false;
        }
        JsonSection payload = JsonSection.of(JsonText.parse(last.event().payload(), "store", ErrorCode.STORE_DAMAGED));
        return !Instant.parse(payload.requiredString("before")).isBefore(retention.before())
                && payload.strings("kinds").containsAll(retention.kinds());
    }
}
