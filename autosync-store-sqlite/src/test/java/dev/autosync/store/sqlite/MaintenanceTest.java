package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
    private static final Instant DAY_20 = Instant.EPOCH.plusSeconds(20 * 86_400L);
    private static final Retention OLD = Retention.dropping(DAY_20, Set.of("kind-0", "kind-1", "nothing"));

    @TempDir
    Path temp;

    /** One event an hour, for thirty days, with as long a payload as makes room worth giving back. */
    private static List<Event> month() {
        List<Event> month = new ArrayList<>();
        for (int i = 0; i < 30 * 24; i++) {
            month.add(Event.of("cycle-" + i / 8, "kind-" + i % 3, "s", Instant.EPOCH.plusSeconds(3600L * i), Map.of("i", (double) i), "\"" + "x".repeat(1000) + "\""));
        }
        return month;
    }

    private static StoreMaintenance maintenance(Store store) {
        return store.maintenance().orElseThrow();
    }

    @Test
    void compactionRemovesWhatIsOldKeepsRollupsAndNumbersAndGivesRoomBack() throws Exception {
        List<StoredEvent> kept;
        List<Rollup> days;
        List<KindRollup> hours;
        try (Store store = open(temp)) {
            store.append(TOKEN, month());
            days = store.rollup(RollupQuery.of("kind-1").number("i"));
            hours = maintenance(store).hours();
            kept = store.read(EventQuery.all()).stream().filter(stored -> !OLD.drops(stored.event())).toList();
            Compaction done = maintenance(store).compact(TOKEN, OLD);
            assertThat(done.removed()).isEqualTo(720 - kept.size()).isEqualTo(320);
            assertThat(done.bytesAfter()).isLessThan(done.bytesBefore() * 2 / 3).isEqualTo(Files.size(database(temp)));
            assertThat(maintenance(store).compactedUpTo()).as("the last event of kind-1 on day 19").isEqualTo(479);
            assertThat(maintenance(store).compact(TOKEN, OLD).removed()).isZero();
        }
        try (Store store = open(temp)) {
            assertThat(store.read(EventQuery.all())).isEqualTo(kept);
            assertThat(store.read(EventQuery.all().after(600).latest(500))).isEqualTo(kept.subList(kept.size() - 120, kept.size()));
            assertThat(store.rollup(RollupQuery.of("kind-1").number("i"))).isEqualTo(days);
            assertThat(maintenance(store).hours()).isEqualTo(hours);
            assertThat(maintenance(store).compactedUpTo()).isEqualTo(479);
            assertThat(maintenance(store).check()).isEqualTo(new StoreCheck(kept.size(), List.of()));
            assertThat(store.append(TOKEN, events(0, 1))).isEqualTo(721);
        }
        sql(database(temp), "DELETE FROM events WHERE seq = 600");
        try (Store store = open(temp)) {
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all())).withMessageContaining("event 600 is missing");
            assertThat(maintenance(store).check().problems()).anyMatch(problem -> problem.contains("followed by event 601"));
        }
    }

    @Test
    void roomIsGivenBackAlsoWhenNoPageIsFree() throws Exception {
        try (Store store = open(temp)) {
            // Small events in turn: every page keeps some of its own.
            store.append(TOKEN, IntStream.range(0, 6000).mapToObj(i -> Event.of("c", "kind-" + i % 2, "s", Instant.EPOCH.plusSeconds(i), Map.of(), "{}")).toList());
            Compaction done = maintenance(store).compact(TOKEN, Retention.dropping(DAY_20, Set.of("kind-1")));
            assertThat(done.removed()).isEqualTo(2999);
            assertThat(Files.size(database(temp))).isEqualTo(done.bytesAfter()).isLessThan(done.bytesBefore() / 2);
        }
    }

    @Test
    void theLastEventStaysWhateverTheRetentionSays() throws Exception {
        try (Store store = open(temp)) {
            store.append(TOKEN, events(0, 7));
            Retention all = Retention.dropping(Instant.parse("2026-01-01T00:00:00Z"), Set.of("kind-0", "kind-1", "kind-2"));
            assertThat(maintenance(store).compact(TOKEN, all).removed()).isEqualTo(6);
            assertThat(store.read(EventQuery.all())).extracting(StoredEvent::sequence).containsExactly(7L);
            assertThat(store.lastToken()).contains(TOKEN);
            assertThat(maintenance(store).compactedUpTo()).isEqualTo(6);
        }
    }

    @Test
    void compactionWithAStaleTokenOrOnAnInterruptedThreadRemovesNothing() throws Exception {
        try (Store store = open(temp)) {
            store.append(TOKEN, month());
            store.grant(new FencingToken(5));
            assertRefused(ErrorCode.STORE_STALE_TOKEN, () -> maintenance(store).compact(TOKEN, OLD));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> maintenance(store).compact(new FencingToken(5), OLD)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(store.read(EventQuery.all())).hasSize(720);
            assertThat(maintenance(store).compactedUpTo()).isZero();
        }
    }

    @Test
    void aStoreThatWasNeverUsedIsSoundAndHasNothingToCompact() throws Exception {
        Path folder = temp.resolve("store");
        try (Store store = open(folder)) {
            assertThat(maintenance(store).check()).isEqualTo(new StoreCheck(0, List.of()));
            assertThat(maintenance(store).compact(TOKEN, OLD)).isEqualTo(new Compaction(0, 0, 0));
            assertThat(maintenance(store).hours()).isEmpty();
            maintenance(store).backup(temp.resolve("backup"));
        }
        assertThat(folder).doesNotExist();
        assertThat(temp.resolve("backup")).isEmptyDirectory();
    }

    @Test
    void aBackupIsAStoreAsItWasAtThatMoment() throws Exception {
        Path folder = temp.resolve("a/b/backup");
        List<StoredEvent> all = fill(temp.resolve("store"), 20);
        try (Store store = open(temp.resolve("store"))) {
            store.grant(new FencingToken(8));
            maintenance(store).backup(folder);
            store.append(new FencingToken(8), events(20, 5));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(database(folder));
        }
        try (Store store = open(folder)) {
            assertThat(store.read(EventQuery.all())).isEqualTo(all);
            assertThat(store.lastToken()).contains(new FencingToken(8));
            assertThat(maintenance(store).check()).isEqualTo(new StoreCheck(20, List.of()));
            assertThat(store.append(new FencingToken(8), events(20, 2))).isEqualTo(22);
        }
    }

    @Test
    void aBackupThatCannotBeMadeLeavesTheFolderAsItWas() throws Exception {
        Path store = temp.resolve("store");
        fill(store, 20);
        Path taken = Files.createDirectory(temp.resolve("taken"));
        Files.writeString(taken.resolve("letter"), "x");
        try (Store opened = open(store)) {
            assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(opened).backup(taken)).withMessageContaining("not empty");
            assertThat(taken.resolve("letter")).hasContent("x");
            assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(opened).backup(taken.resolve("letter")));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> maintenance(opened).backup(temp.resolve("new/folder"))).isInstanceOf(InterruptedException.class);
            assertThat(temp.resolve("new")).doesNotExist();
            opened.close();
            assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(opened).backup(temp.resolve("new"))).withMessageContaining("closed");
            assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(opened).check()).withMessageContaining("closed");
        }
    }

    @Test
    void aCompactedHistoryIsRestoredToAnEmptyStoreWithItsNumbersAndRollups() throws Exception {
        try (Store from = open(temp.resolve("from")); Store to = open(temp.resolve("to"))) {
            from.append(TOKEN, month().subList(0, 600));
            from.append(new FencingToken(4), month().subList(600, 720));
            maintenance(from).compact(new FencingToken(4), OLD);
            List<StoredEvent> events = from.read(EventQuery.all());
            maintenance(to).restore(new CompactedHistory(479, events.iterator(), maintenance(from).hours()));
            assertThat(to.read(EventQuery.all())).isEqualTo(events);
            assertThat(maintenance(to).hours()).isEqualTo(maintenance(from).hours());
            assertThat(to.rollup(RollupQuery.of("kind-1").number("i"))).isEqualTo(from.rollup(RollupQuery.of("kind-1").number("i")));
            assertThat(maintenance(to).compactedUpTo()).isEqualTo(479);
            assertThat(maintenance(to).check().sound()).isTrue();
            assertThat(to.lastToken()).contains(new FencingToken(4));
            assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(to).restore(new CompactedHistory(479, events.iterator(), List.of())))
                    .withMessageContaining("it has events");
            assertThat(to.append(new FencingToken(4), events(0, 1))).isEqualTo(721);
        }
    }

    @Test
    void aHistoryThatIsNotInOrderIsNotRestored() {
        StoredEvent two = new StoredEvent(2, TOKEN, events(0, 1).get(0));
        StoredEvent five = new StoredEvent(5, TOKEN, events(0, 1).get(0));
        StoredEvent newer = new StoredEvent(3, new FencingToken(2), events(0, 1).get(0));
        for (List<StoredEvent> events : List.of(List.<StoredEvent>of(), List.of(two), List.of(five, two), List.of(two, two), List.of(two, newer, five, five),
                List.of(newer, five), List.of(two, new StoredEvent(6, TOKEN, two.event())))) {
            try (Store store = open(temp)) {
                assertRefused(ErrorCode.STORE_FAILED, () -> maintenance(store).restore(new CompactedHistory(3, events.iterator(), List.of())))
                        .withMessageContaining("history to restore");
                assertThat(store.read(EventQuery.all())).isEmpty();
                assertThat(maintenance(store).compactedUpTo()).isZero();
            }
        }
    }

    @Test
    void theCheckFindsWhatIsWrong() throws Exception {
        Map<String, String> damage = Map.of(
                "UPDATE events SET payload = 'y' WHERE seq = 12", "event 12 is not what was written",
                "DELETE FROM events WHERE seq = 12", "followed by event 13",
                "DELETE FROM events WHERE seq = 70", "the last that was appended 70",
                "DELETE FROM hours WHERE kind = 'kind-1' AND named = 0", "the rollup of the hour 1970-01-01T00:00:00Z is null",
                "DELETE FROM days WHERE kind = 'kind-1' AND named = 0", "the rollup of the day 1970-01-01T00:00:00Z is null",
                "UPDATE days SET sum = 7 WHERE named = 1", "a rollup in the table days",
                "UPDATE rolled SET seq = seq - 1", "the table rolled",
                "UPDATE spans SET first = 2", "events of the hour 1970-01-01T00:00:00Z",
                "UPDATE spans SET start = 9223372036854775807", "events of the hour 1970-01-01T00:00:00Z");
        for (Map.Entry<String, String> one : damage.entrySet()) {
            Path folder = Files.createTempDirectory(temp, "damaged");
            // The last five are not rolled up yet.
            fill(folder, 70);
            try (Store store = open(folder)) {
                assertThat(maintenance(store).check()).isEqualTo(new StoreCheck(70, List.of()));
            }
            sql(database(folder), one.getKey());
            try (Store store = open(folder)) {
                assertThat(maintenance(store).check().problems()).as(one.getKey()).anyMatch(problem -> problem.contains(one.getValue()));
            }
        }
    }
}
