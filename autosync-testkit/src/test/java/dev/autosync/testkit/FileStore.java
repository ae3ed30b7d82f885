package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A small and slow store on disk that can do all that the contract asks for: each call reads the whole file. For one process at a time. What has a
 * realistic defect extends it.
 */
class FileStore implements Store {
    /** One for all objects of the process. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    final FrameFile file;
    private volatile boolean closed;

    FileStore(Path folder) {
        this(new FrameFile(folder));
    }

    FileStore(FrameFile file) {
        this.file = file;
    }

    /** What a call does to the file. */
    interface Step<T> {
        T take(FileState state) throws IOException;
    }

    <T> T locked(Step<T> step) {
        LOCK.lock();
        try {
            if (closed) {
                throw failed("it is closed", null);
            }
            return step.take(FileState.of(file.frames()));
        } catch (IOException | IllegalArgumentException | ArithmeticException | NegativeArraySizeException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } finally {
            LOCK.unlock();
        }
    }

    FileState state() {
        return locked(state -> state);
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        return locked(state -> {
            check(state, token);
            List<StoredEvent> added = new ArrayList<>();
            for (Event event : batch) {
                added.add(new StoredEvent(last(state) + 1 + added.size(), token, event));
            }
            if (!added.isEmpty()) {
                write(added);
            }
            return last(state) + added.size();
        });
    }

    void write(List<StoredEvent> added) throws IOException {
        file.append(FileState.events(added));
    }

    void check(FileState state, FencingToken token) {
        if (token.value() < seen(state)) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot write to " + file.path + " with token " + token.value() + ": it has seen "
                    + seen(state), null);
        }
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        List<StoredEvent> found = state().events().stream().filter(query::matches).toList();
        int surplus = Math.max(0, found.size() - query.limit());
        return query.latest() ? found.subList(surplus, found.size()) : found.subList(0, found.size() - surplus);
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return locked(state -> {
            FencingToken granted = new FencingToken(Math.max(atLeast.value(), Math.addExact(seen(state), 1)));
            file.append(FileState.grant(granted.value()));
            return granted;
        });
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        if (query.subject().isPresent()) {
            return Store.super.rollup(query);
        }
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        for (KindRollup hour : hours(state())) {
            Instant start = query.resolution().startOf(hour.rollup().start());
            if (hour.kind().equals(query.kind()) && hour.number().equals(query.number()) && query.covers(start)) {
                pieces.merge(start, hour.rollup().at(start), Rollup::plus);
            }
        }
        return List.copyOf(pieces.values());
    }

    /** By kind, number (none first) and time. */
    List<KindRollup> hours(FileState state) {
        Map<KindRollup, Rollup> hours = new TreeMap<>(Comparator.comparing(KindRollup::kind)
                .thenComparing(hour -> hour.number().isPresent()).thenComparing(hour -> hour.number().orElse(""))
                .thenComparing(hour -> hour.rollup().start()));
        state.hours().forEach(hour -> hours.merge(hour, hour.rollup(), Rollup::plus));
        for (StoredEvent stored : state.events()) {
            if (stored.sequence() <= state.rolledUp()) {
                continue;
            }
            Event event = stored.event();
            Instant start = Resolution.HOUR.startOf(event.at());
            KindRollup counted = new KindRollup(event.kind(), Optional.empty(), Rollup.of(start, 0));
            hours.merge(counted, counted.rollup(), Rollup::plus);
            event.numbers().forEach((name, value) -> {
                KindRollup summed = new KindRollup(event.kind(), Optional.of(name), Rollup.of(start, value));
                hours.merge(summed, summed.rollup(), Rollup::plus);
            });
        }
        return hours.entrySet().stream().map(hour -> new KindRollup(hour.getKey().kind(), hour.getKey().number(), hour.getValue())).toList();
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return Optional.of(new FileStoreMaintenance(this));
    }

    @Override
    public Optional<FencingToken> lastToken() {
        long seen = seen(state());
        return seen == 0 ? Optional.empty() : Optional.of(new FencingToken(seen));
    }

    @Override
    public void close() {
        closed = true;
    }

    long seen(FileState state) {
        return state.events().isEmpty() ? state.granted()
                : Math.max(state.granted(), state.events().get(state.events().size() - 1).token().value());
    }

    static long last(FileState state) {
        return state.events().isEmpty() ? 0 : state.events().get(state.events().size() - 1).sequence();
    }

    StoreException failed(String why, Throwable cause) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot use the store in " + file.path + ": " + why, cause);
    }
}
