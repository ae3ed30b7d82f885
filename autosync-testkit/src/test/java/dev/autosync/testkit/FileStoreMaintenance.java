package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The maintenance of a {@link FileStore}. */
class FileStoreMaintenance implements StoreMaintenance {
    final FileStore store;

    FileStoreMaintenance(FileStore store) {
        this.store = store;
    }

    @Override
    public StoreCheck check() throws InterruptedException {
        checkInterrupt();
        try {
            return new StoreCheck(store.state().events().size(), List.of());
        } catch (StoreException e) {
            if (store.file.path.toFile().exists() && e.getMessage().contains("checksum")) {
                return new StoreCheck(0, List.of(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void backup(Path folder) throws InterruptedException {
        checkInterrupt();
        store.locked(state -> {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    if (files.findAny().isPresent()) {
                        throw store.failed("the folder of the backup is not empty: " + folder, null);
                    }
                }
            }
            new FrameFile(folder).replace(state.frames());
            return state;
        });
    }

    @Override
    public Compaction compact(FencingToken token, Retention retention) throws InterruptedException {
        checkInterrupt();
        return store.locked(state -> {
            store.check(state, token);
            long before = size();
            List<StoredEvent> dropped = state.events().stream().filter(event -> dropped(state, retention, event)).toList();
            if (dropped.isEmpty()) {
                return new Compaction(0, before, before);
            }
            List<StoredEvent> kept = new ArrayList<>(state.events());
            kept.removeAll(dropped);
            long upTo = dropped.get(dropped.size() - 1).sequence();
            store.file.replace(compacted(state, kept, Math.max(upTo, state.upTo())).frames());
            return new Compaction(dropped.size(), before, size());
        });
    }

    boolean dropped(FileState state, Retention retention, StoredEvent event) {
        return retention.drops(event.event()) && event.sequence() < FileStore.last(state);
    }

    FileState compacted(FileState state, List<StoredEvent> kept, long upTo) {
        return new FileState(kept, state.granted(), upTo, FileStore.last(state), store.hours(state));
    }

    @Override
    public long compactedUpTo() {
        return store.state().upTo();
    }

    @Override
    public List<KindRollup> hours() {
        return store.hours(store.state());
    }

    @Override
    public void restore(CompactedHistory history) throws InterruptedException {
        checkInterrupt();
        List<StoredEvent> events = new ArrayList<>();
        history.events().forEachRemaining(events::add);
        store.locked(state -> {
            if (!state.events().isEmpty()) {
                throw store.failed("it is not empty", null);
            }
            long last = 0;
            for (StoredEvent event : events) {
                if (event.sequence() <= last || event.sequence() != last + 1 && last >= history.upTo()) {
                    throw store.failed("the history is not in order behind event " + last, null);
                }
                last = event.sequence();
            }
            store.file.replace(new FileState(events, state.granted(), history.upTo(), last, history.hours()).frames());
            return state;
        });
    }

    private long size() throws IOException {
        return Files.exists(store.file.path) ? Files.size(store.file.path) : 0;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
    }
}
