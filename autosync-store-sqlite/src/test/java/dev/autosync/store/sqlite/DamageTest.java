package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.assertRefusedAndUntouched;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    private static final int EVENTS = 70;

    @TempDir
    Path temp;

    @Test
    @Timeout(300)
    void aFlippedBitIsDetectedOrHarmless() throws Exception {
        Path directory = temp.resolve("store");
        List<StoredEvent> all = fill(directory, EVENTS);
        byte[] whole = Files.readAllBytes(database(directory));
        Random random = new Random(1);
        int stride = Integer.getInteger("autosync.flipStride", 29);
        int detected = 0;
        int flips = 0;
        for (int at = 0; at < whole.length; at += at < 100 ? 1 : 1 + random.nextInt(2 * stride)) {
            if (whole[at] == 0 && at >= 100) {
                // Mostly room that holds nothing.
                continue;
            }
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            flips++;
            detected += isDetected(bytes, all, "byte " + at) ? 1 : 0;
        }
        assertThat(flips).isGreaterThan(300);
        assertThat(detected).as("of %d flips", flips).isGreaterThan(flips / 2);
    }

    /** Reads everything in several ways. What comes back must be right. */
    private boolean isDetected(byte[] bytes, List<StoredEvent> all, String what) throws Exception {
        Path directory = Files.createTempDirectory(temp, "flip");
        Files.write(database(directory), bytes);
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).as(what).isEqualTo(all);
            assertThat(store.read(EventQuery.all().latest(7))).as(what).isEqualTo(all.subList(EVENTS - 7, EVENTS));
            for (EventQuery query : List.of(EventQuery.all().kind("kind-1"), EventQuery.all().subject("subject-3").latest(4),
                    EventQuery.all().cycle("cycle-2"), EventQuery.all().since(all.get(20).event().at()))) {
                List<StoredEvent> matching = all.stream().filter(query::matches).toList();
                // An index may have lost events, which integrity_check finds, but what it gives is right.
                assertThat(matching).as(what).containsAll(store.read(query));
            }
            for (Resolution resolution : Resolution.values()) {
                RollupQuery query = RollupQuery.of("kind-1").number("i").per(resolution);
                // A row that cannot be found any more leaves what is not rolled up yet.
                assertThat(store.rollup(query)).as(what).isIn(rolledUp(all), rolledUp(all.subList(65, EVENTS)));
            }
            assertThat(store.append(TOKEN, events(EVENTS, 2))).as(what).isEqualTo(EVENTS + 2);
            assertThat(store.read(EventQuery.all().limit(EVENTS))).as(what).isEqualTo(all);
            return !store.maintenance().orElseThrow().check().sound();
        } catch (StoreException e) {
            assertThat(e.code()).as(what + ": " + e.getMessage()).isIn(ErrorCode.STORE_DAMAGED, ErrorCode.STORE_FOREIGN, ErrorCode.STORE_VERSION,
                    ErrorCode.STORE_FAILED);
            return true;
        }
    }

    private static List<Rollup> rolledUp(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::event).filter(event -> event.kind().equals("kind-1"))
                .map(event -> Rollup.of(Instant.EPOCH, event.numbers().get("i"))).reduce(Rollup::plus).map(List::of).orElse(List.of());
    }

    @Test
    void aTruncatedDatabaseIsDamagedAtEveryPageAndStays() throws Exception {
        Path directory = temp.resolve("store");
        List<StoredEvent> all = fill(directory, EVENTS);
        byte[] whole = Files.readAllBytes(database(directory));
        for (int length = whole.length - 4096; length > 0; length -= 4096) {
            Files.write(database(directory), Arrays.copyOf(whole, length));
            assertRefusedAndUntouched(ErrorCode.STORE_DAMAGED, directory).withMessageContaining("restore it from a copy")
                    .withMessageContaining("store.db");
        }
        for (int length : new int[] {whole.length - 1, 5000, 4095, 1000, 511, 100, 60, 20}) {
            byte[] bytes = Arrays.copyOf(whole, length);
            assertThat(isDetected(bytes, all, length + " bytes")).as("%d bytes", length).isTrue();
        }
    }

    @Test
    void anEmptyFileIsNotTakenForANewStore() throws IOException {
        Files.createFile(database(temp));
        assertRefusedAndUntouched(ErrorCode.STORE_DAMAGED, temp).withMessageContaining("empty");
    }

    @Test
    void aLogWithoutItsDatabaseIsNotTakenForANewStore() throws IOException {
        Files.writeString(temp.resolve("store.db-wal"), "left behind");
        assertRefused(ErrorCode.STORE_DAMAGED, () -> open(temp)).withMessageContaining("store.db-wal");
        assertThat(temp.resolve("store.db-wal")).hasContent("left behind");
    }

    @Test
    void aChangedEventIsDamageAndThoseBeforeItCanBeRead() throws Exception {
        List<StoredEvent> all = fill(temp, 20);
        for (String change : List.of("payload = '{\"i\":99}'", "token = 7", "nano = nano + 1", "second = 4000000000", "kind = 'kind-9'",
                "numbers = '{\"i\":1.0}'", "numbers = 'x'", "crc = 5", "subject = ''", "second = 9223372036854775807")) {
            Path directory = copy("change");
            sql(database(directory), "UPDATE events SET " + change + " WHERE seq = 12");
            try (Store store = open(directory)) {
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all())).withMessageContaining("event 12 is not what was written");
                assertThat(store.read(EventQuery.all().limit(11))).as(change).isEqualTo(all.subList(0, 11));
                assertThat(store.read(EventQuery.all().after(12))).as(change).isEqualTo(all.subList(12, 20));
            }
        }
    }

    @Test
    void sqliteAloneWouldGiveBackAnEventThatNeverWas() throws Exception {
        fill(temp, 20);
        byte[] bytes = Files.readAllBytes(database(temp));
        int at = new String(bytes, ISO_8859_1).indexOf("{\"i\":11}") + 5;
        bytes[at] ^= 1;
        Files.write(database(temp), bytes);
        // The control: without the checksum nothing is wrong with this database.
        try (Database database = Database.openToRead(database(temp))) {
            assertThat(database.text("SELECT payload FROM events WHERE seq = 12")).isEqualTo("{\"i\":01}");
            assertThat(database.text("PRAGMA integrity_check")).isEqualTo("ok");
        }
        try (Store store = open(temp)) {
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all())).withMessageContaining("event 12 is not what was written");
        }
    }

    @Test
    void aMissingEventIsDamage() throws Exception {
        fill(temp, 20);
        for (int missing : new int[] {1, 12, 20}) {
            Path directory = copy("missing");
            sql(database(directory), "DELETE FROM events WHERE seq = " + missing);
            try (Store store = open(directory)) {
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all()));
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all().latest(20)));
            }
        }
        Path directory = copy("end");
        sql(database(directory), "DELETE FROM events WHERE seq > 15");
        try (Store store = open(directory)) {
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all().latest(1))).withMessageContaining("20 events");
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all().after(15)));
            assertRefused(ErrorCode.STORE_DAMAGED, store::lastToken);
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.append(TOKEN, events(15, 1)));
        }
    }

    @Test
    void aMissingIndexIsDamage() throws Exception {
        fill(temp, 5);
        sql(database(temp), "DROP INDEX events_of_kind");
        assertRefused(ErrorCode.STORE_DAMAGED, () -> open(temp)).withMessageContaining("index events_of_kind");
    }

    @Test
    void aDatabaseThatWasDeletedOrReplacedUnderAnOpenStoreIsNoticed() throws Exception {
        for (boolean replaced : new boolean[] {false, true}) {
            Path directory = Files.createTempDirectory(temp, "open");
            fill(directory, 5);
            Path other = Files.createTempDirectory(temp, "other");
            fill(other, 3);
            Store store = open(directory);
            store.append(TOKEN, events(5, 1));
            Files.move(database(directory), directory.resolve("moved.db"));
            if (replaced) {
                Files.move(database(other), database(directory));
            } else {
                Files.deleteIfExists(directory.resolve("store.db-wal"));
            }
            assertRefused(ErrorCode.STORE_FAILED, () -> store.append(TOKEN, events(6, 1))).withMessageContaining("deleted or replaced");
            assertRefused(ErrorCode.STORE_FAILED, () -> store.read(EventQuery.all())).withMessageContaining("open it again");
            store.close();
        }
    }

    private Path copy(String name) throws IOException {
        Path directory = Files.createTempDirectory(temp, name);
        Files.copy(database(temp), database(directory));
        return directory;
    }
}
