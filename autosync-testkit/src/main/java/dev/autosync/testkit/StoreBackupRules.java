package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Backups, and histories from which events were removed on their way from one store to another. */
abstract class StoreBackupRules extends StoreMaintenanceRules {

    @Test
    @StoreRule("6.8")
    void isBackedUpWhileOthersAppendIfItIsMaintained() throws Exception {
        assumeTrue(maintained() && persistent());
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Path backup = directory.resolve("backups/one");
        AtomicBoolean done = new AtomicBoolean();
        List<StoredEvent> all;
        try (Store store = open()) {
            fill(store);
            maintenance(store).compact(TOKEN, RETENTION);
            Future<?> appending = pool.submit(() -> {
                while (!done.get()) {
                    store.append(TOKEN, events(0, 3));
                }
            });
            maintenance(store).backup(backup);
            done.set(true);
            appending.get();
            all = store.read(EventQuery.all());
        } finally {
            done.set(true);
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
        try (Store store = open(backup); Store original = open()) {
            List<StoredEvent> copied = store.read(EventQuery.all());
            assertTrue(copied.size() <= all.size() && copied.size() % 3 == kept(fillOf()).size() % 3, "an append is in the backup whole or not at all");
            assertEquals(all.subList(0, copied.size()), copied);
            assertEquals(maintenance(original).compactedUpTo(), maintenance(store).compactedUpTo());
            List<Event> events = new ArrayList<>(fillOf().stream().map(StoredEvent::event).toList());
            copied.stream().filter(event -> event.sequence() > 120).forEach(event -> events.add(event.event()));
            assertRollsUp(store, events, "the backup");
            assertTrue(maintenance(store).check().sound(), "the backup is sound");
            assertEquals(copied.get(copied.size() - 1).sequence() + 1, store.append(TOKEN, events(0, 1)), "the backup can be appended to");
            assertEquals(all, original.read(EventQuery.all()), "the original does not see that");
        }
    }

    @Test
    @StoreRule("6.14")
    void keepsWhatIsAppendedWhileEventsAreRemovedIfItIsMaintained() throws Exception {
        assumeTrue(maintained());
        int days = 20;
        List<Event> old = new ArrayList<>();
        List<Event> late = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            old.add(Event.of("cycle", "old", "subject", START.plus(Duration.ofDays(i)), Map.of("n", (double) i), "{}"));
            late.add(Event.of("cycle", "late", "1 of 2", START.plus(Duration.ofDays(days)), Map.of("n", (double) i), "{}"));
            late.add(Event.of("cycle", "late", "2 of 2", START.plus(Duration.ofDays(days)), Map.of(), "{}"));
        }
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Store store = open(); Store other = persistent() ? open() : store) {
            assertEquals(days, store.append(TOKEN, old));
            Future<Long> appending = pool.submit(() -> {
                long last = 0;
                for (int i = 0; i < late.size(); i += 2) {
                    last = other.append(TOKEN, late.subList(i, i + 2));
                }
                return last;
            });
            for (int day = 1; day <= days; day++) {
                maintenance(store).compact(TOKEN, Retention.dropping(START.plus(Duration.ofDays(day)), Set.of("old")));
            }
            assertEquals(days + late.size(), appending.get());
            // The last of the old ones stayed if nothing had been appended yet.
            maintenance(store).compact(TOKEN, Retention.dropping(START.plus(Duration.ofDays(days)), Set.of("old")));
            assertEquals(stored(TOKEN, days + 1, late), store.read(EventQuery.all()));
            assertEquals(stored(TOKEN, days + 1, late), other.read(EventQuery.all()));
            assertRollsUp(store, Stream.concat(old.stream(), late.stream()).toList(), "with what was appended meanwhile");
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }

    @Test
    @StoreRule("6.9")
    void writesNoBackupWhereThereIsSomethingIfItIsMaintained() throws Exception {
        assumeTrue(maintained() && persistent());
        Path taken = Files.createDirectories(directory.resolve("taken"));
        Files.writeString(taken.resolve("a file"), "text");
        Path empty = Files.createDirectories(directory.resolve("empty"));
        try (Store store = open()) {
            List<StoredEvent> all = fill(store);
            StoreException thrown = assertThrows(StoreException.class, () -> maintenance(store).backup(taken));
            assertEquals(ErrorCode.STORE_FAILED, thrown.code());
            assertEquals(List.of("a file"), names(taken));
            maintenance(store).backup(empty);
            try (Store copy = open(empty)) {
                assertEquals(all, copy.read(EventQuery.all()));
            }
        }
    }

    @Test
    @StoreRule("6.10")
    void takesAHistoryFromWhichEventsWereRemovedIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        List<StoredEvent> all = fillOf();
        List<StoredEvent> kept = kept(all);
        CompactedHistory history = history(all, kept);
        try (Store store = open()) {
            maintenance(store).restore(history);
            assertCompacted(store, all, kept);
            StoreException thrown = assertThrows(StoreException.class, () -> maintenance(store).restore(history(all, kept)));
            assertEquals(ErrorCode.STORE_FAILED, thrown.code());
            assertCompacted(store, all, kept);
            assertStale(store, events(0, 1));
            assertEquals(121, store.append(new FencingToken(6), events(0, 1)));
        }
        if (persistent()) {
            try (Store store = open()) {
                assertEquals(121, store.read(EventQuery.all().latest(1)).get(0).sequence());
                assertEquals(compactedUpTo(all, kept), maintenance(store).compactedUpTo());
            }
        }
    }

    @Test
    @StoreRule("6.11")
    void refusesAHistoryThatIsNotInOrderAndStaysEmptyIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        List<StoredEvent> all = fillOf();
        List<StoredEvent> kept = kept(all);
        List<StoredEvent> twice = new ArrayList<>(kept);
        twice.add(3, kept.get(2));
        CompactedHistory unordered = new CompactedHistory(compactedUpTo(all, kept), twice.iterator(), hours(all));
        CompactedHistory withGaps = new CompactedHistory(1, kept.iterator(), hours(all));
        try (Store store = open()) {
            for (CompactedHistory wrong : List.of(unordered, withGaps)) {
                StoreException thrown = assertThrows(StoreException.class, () -> maintenance(store).restore(wrong));
                assertEquals(ErrorCode.STORE_FAILED, thrown.code());
                assertEquals(List.of(), store.read(EventQuery.all()));
                assertEquals(List.of(), maintenance(store).hours());
                assertEquals(0, maintenance(store).compactedUpTo());
            }
            maintenance(store).restore(history(all, kept));
            assertCompacted(store, all, kept);
        }
    }

    @Test
    @StoreRule("6.12")
    void endsAtAnInterruptAndLeavesAllAsItWasIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        List<StoredEvent> all = fillOf();
        Path backup = directory.resolve("interrupted");
        try (Store store = open(); Store empty = open(directory.resolve("restored"))) {
            fill(store);
            assertInterrupted(() -> maintenance(store).check());
            assertInterrupted(() -> maintenance(store).compact(TOKEN, RETENTION));
            assertInterrupted(() -> maintenance(store).backup(backup));
            assertInterrupted(() -> maintenance(empty).restore(history(all, kept(all))));
            assertFalse(Files.exists(backup), "what was not there is not there");
            assertEquals(all, store.read(EventQuery.all()));
            assertEquals(0, maintenance(store).compactedUpTo());
            assertEquals(List.of(), empty.read(EventQuery.all()));
            maintenance(empty).restore(history(all, kept(all)));
        }
    }

    private static void assertInterrupted(Executable call) {
        Thread.currentThread().interrupt();
        try {
            assertThrows(InterruptedException.class, call);
        } finally {
            Thread.interrupted();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
