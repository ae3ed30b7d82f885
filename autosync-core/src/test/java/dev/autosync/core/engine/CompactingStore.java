package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Retention;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.InMemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A store in memory that can let events go, and remembers when it was asked to. It can neither be backed up nor restored. */
final class CompactingStore implements Store, StoreMaintenance {
    final List<Retention> compactions = new ArrayList<>();
    long eventsRead;
    private final InMemoryStore all = new InMemoryStore();
    private final Set<Long> removed = new TreeSet<>();

    void remove(Set<Long> sequences) {
        removed.addAll(sequences);
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        return all.append(token, events);
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        List<StoredEvent> found = all.read(EventQuery.all()).stream()
                .filter(event -> !removed.contains(event.sequence()) && query.matches(event)).toList();
        int surplus = Math.max(0, found.size() - query.limit());
        eventsRead += found.size() - surplus;
        return query.latest() ? found.subList(surplus, found.size()) : found.subList(0, found.size() - surplus);
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return all.grant(atLeast);
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return Optional.of(this);
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return all.lastToken();
    }

    @Override
    public Compaction compact(FencingToken token, Retention retention) {
        if (token.value() < lastToken().orElseThrow().value()) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "the token is stale", null);
        }
        compactions.add(retention);
        List<StoredEvent> before = read(EventQuery.all());
        long last = before.get(before.size() - 1).sequence();
        Set<Long> dropped = before.stream().filter(event -> event.sequence() < last && retention.drops(event.event()))
                .map(StoredEvent::sequence).collect(Collectors.toSet());
        removed.addAll(dropped);
        return new Compaction(dropped.size(), 100L * before.size(), 100L * (before.size() - dropped.size()));
    }

    @Override
    public long compactedUpTo() {
        return removed.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public StoreCheck check() {
        return new StoreCheck(read(EventQuery.all()).size(), List.of());
    }

    @Override
    public void backup(Path folder) {
        throw new StoreException(ErrorCode.STORE_FAILED, "a store in memory has no backup", null);
    }

    @Override
    public List<KindRollup> hours() {
        Map<String, Set<String>> numbers = new TreeMap<>();
        all.read(EventQuery.all()).forEach(event -> numbers.computeIfAbsent(event.event().kind(), kind -> new TreeSet<>())
                .addAll(event.event().numbers().keySet()));
        List<KindRollup> hours = new ArrayList<>();
        numbers.forEach((kind, names) -> {
            all.rollup(RollupQuery.of(kind).per(Resolution.HOUR)).forEach(hour -> hours.add(new KindRollup(kind, Optional.empty(), hour)));
            names.forEach(name -> all.rollup(RollupQuery.of(kind).number(name).per(Resolution.HOUR))
                    .forEach(hour -> hours.add(new KindRollup(kind, Optional.of(name), hour))));
        });
        return hours;
    }

    @Override
    public void restore(CompactedHistory history) {
        throw new StoreException(ErrorCode.STORE_FAILED, "a store in memory cannot be restored", null);
    }

    @Override
    public void close() {
        // The tests look into it when the engine is closed.
    }
}
