package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Answers queries without keeping anybody out: what lies before the end changes only when a compaction puts other files in its place. */
final class Answers {
    private final JsonStore store;
    private final Workings of;

    Answers(JsonStore store, Workings of) {
        this.store = store;
        this.of = of;
    }

    List<StoredEvent> events(EventQuery query) {
        return fromFiles(store::view, view -> {
            Deque<StoredEvent> found = new ArrayDeque<>();
            Damage damage = new EventReader(of.segments(), of.disk(), of.index(), query, view, found).read();
            if (damage != null) {
                throw new BrokenException(damage);
            }
            return List.copyOf(found);
        });
    }

    /** Those of a query that names no subject. */
    List<Rollup> rollups(RollupQuery query) {
        TreeMap<Instant, Rollup> last = new TreeMap<>();
        return fromFiles(() -> store.whole(digest -> {
            last.clear();
            digest.rollups().addTo(last, query);
        }), view -> {
            TreeMap<Instant, Rollup> pieces = of.rollups().read(view, query);
            last.forEach((start, rollup) -> pieces.merge(start, rollup, Rollup::plus));
            return List.copyOf(pieces.values());
        });
    }

    /** All rollups by the hour. */
    List<KindRollup> hours() {
        List<KindRollup> last = new ArrayList<>();
        return fromFiles(() -> store.whole(digest -> {
            last.clear();
            digest.rollups().stream().forEach(last::add);
        }), view -> {
            Rollups all = of.rollups().all(view);
            last.forEach(all::add);
            return all.stream().toList();
        });
    }

    /** Reads files that others may be replacing. */
    private interface Reading<T> {
        T of(View view) throws IOException;
    }

    /** Reads, and begins anew if a compaction has come between, or if the damage that was met may be put aside. */
    private <T> T fromFiles(Supplier<View> begin, Reading<T> reading) {
        boolean healed = false;
        while (true) {
            View view = begin.get();
            try {
                return reading.of(view);
            } catch (IOException e) {
                if (store.isCurrent(view)) {
                    if (healed || !(e instanceof BrokenException broken) || !store.remember(broken.damage())) {
                        throw of.segments().failed("read", e);
                    }
                    healed = true;
                }
            }
        }
    }
}
