package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogRoomTest {
    private static final int APPENDS = 300;
    private static final List<Event> BATCH = List.of(Event.of("cycle", "kind", "subject", Instant.EPOCH, Map.of(), "\"" + "x".repeat(200) + "\""));

    @TempDir
    Path temp;

    private final List<Door> doors = new ArrayList<>();
    private long next = 1;

    @AfterEach
    void close() {
        doors.forEach(Door::close);
    }

    @Test
    void fewAppendsMakeTheLogLonger() {
        DatabaseFile file = DatabaseFile.in(temp);
        assertThat(lengths(file, appends(file, LogRoom.BYTES))).hasSizeLessThan(25);
    }

    /** The control: what SQLite does by itself. */
    @Test
    void withoutRoomEachDoes() {
        DatabaseFile file = DatabaseFile.in(temp);
        assertThat(lengths(file, appends(file, 0))).hasSize(APPENDS);
    }

    @Test
    void theLogIsAtMostHalfAsLongAgainAsWithoutRoom() {
        DatabaseFile file = DatabaseFile.in(temp.resolve("room"));
        lengths(file, appends(file, LogRoom.BYTES));
        assertThat(file.logBytes()).isBetween(lengthWithout(), lengthWithout() * 3 / 2 + LogRoom.BYTES);
    }

    @Test
    void twoWritersWhoTakeTurnsDoNotEachMakeRoom() {
        DatabaseFile file = DatabaseFile.in(temp.resolve("room"));
        assertThat(lengths(file, appends(file, LogRoom.BYTES), appends(file, LogRoom.BYTES))).hasSizeLessThan(25);
        assertThat(file.logBytes()).isBetween(lengthWithout(), lengthWithout() * 3 / 2 + LogRoom.BYTES);
    }

    /** How long the log becomes by itself. */
    private long lengthWithout() {
        DatabaseFile without = DatabaseFile.in(temp.resolve("without"));
        if (without.logBytes() == 0) {
            next = 1;
            lengths(without, appends(without, 0));
        }
        return without.logBytes();
    }

    @Test
    void noRoomIsMadeInALogThatIsBegunAnew() throws SQLException {
        DatabaseFile file = DatabaseFile.in(temp);
        GroupCommit appends = appends(file, LogRoom.BYTES);
        lengths(file, appends);
        long before = file.logBytes();
        try (Database database = Database.openToWrite(file.path())) {
            assertThat(database.number("PRAGMA wal_checkpoint(RESTART)")).isZero();
        }
        assertThat(lengths(file, appends)).containsOnly(before);
    }

    /** Another writer may write its frames just there. */
    @Test
    void noRoomIsMadeWhileAnotherWrites() throws SQLException {
        DatabaseFile file = DatabaseFile.in(temp);
        lengths(file, appends(file, 0));
        long before = file.logBytes();
        Door impatient = Door.toWrite(file, Duration.ofMillis(1), Schema.CURRENT);
        doors.add(impatient);
        GroupCommit appends = new GroupCommit(impatient, new LogRoom(file, LogRoom.BYTES), new LogLimit(impatient, file, LogLimit.BYTES));
        impatient.pass("open", tables -> null);
        try (Database other = Database.openToWrite(file.path())) {
            other.alone(() -> {
                assertThatThrownBy(() -> appends.append(TOKEN, BATCH)).isInstanceOf(StoreException.class).hasMessageContaining("another process was writing");
                return null;
            });
        }
        assertThat(file.logBytes()).isEqualTo(before);
        appends.append(TOKEN, BATCH);
        assertThat(file.logBytes()).as("once it has ended").isGreaterThanOrEqualTo(before + LogRoom.BYTES);
    }

    /** As if the machine had stopped here: the log is there with its room, and nothing was moved into the database. */
    @Test
    void allEventsAreThereInACopyOfDatabaseAndLog() throws IOException {
        DatabaseFile file = DatabaseFile.in(temp.resolve("one"));
        GroupCommit appends = appends(file, LogRoom.BYTES);
        lengths(file, appends);
        DatabaseFile copy = DatabaseFile.in(Files.createDirectory(temp.resolve("copy")));
        Files.copy(file.path(), copy.path());
        Files.copy(file.writeAheadLog(), copy.writeAheadLog());
        assertThat(sequences(copy)).isEqualTo(LongStream.rangeClosed(1, APPENDS).boxed().toList());
        assertThat(appends(copy, LogRoom.BYTES).append(TOKEN, BATCH)).isEqualTo(APPENDS + 1);
        assertThat(sequences(copy)).hasSize(APPENDS + 1);
    }

    /** SQLite takes such a log for an empty one. */
    @Test
    void appendsGoOnBehindALogWhoseHeaderIsDamaged() throws IOException, SQLException {
        DatabaseFile file = DatabaseFile.in(temp.resolve("one"));
        lengths(file, appends(file, LogRoom.BYTES));
        try (Database database = Database.openToWrite(file.path())) {
            assertThat(database.number("PRAGMA wal_checkpoint(PASSIVE)")).isZero();
        }
        DatabaseFile copy = DatabaseFile.in(Files.createDirectory(temp.resolve("copy")));
        Files.copy(file.path(), copy.path());
        byte[] log = Files.readAllBytes(file.writeAheadLog());
        log[8] = (byte) 0x80;
        Files.write(copy.writeAheadLog(), log);
        assertThat(appends(copy, LogRoom.BYTES).append(TOKEN, BATCH)).isEqualTo(APPENDS + 1);
        assertThat(sequences(copy)).hasSize(APPENDS + 1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void appendsGoOnWhereTheLengthOfTheLogCannotBeSeen() throws IOException {
        DatabaseFile file = DatabaseFile.in(temp);
        GroupCommit appends = appends(file, LogRoom.BYTES);
        lengths(file, appends);
        Files.move(file.writeAheadLog(), temp.resolve("elsewhere"));
        Files.createSymbolicLink(file.writeAheadLog(), file.writeAheadLog().getFileName());
        assertThat(appends.append(TOKEN, BATCH)).isEqualTo(APPENDS + 1);
    }

    private List<Long> sequences(DatabaseFile file) {
        Door reader = Door.toRead(file, Duration.ofSeconds(10), Schema.CURRENT);
        doors.add(reader);
        return reader.pass("read", tables -> tables.events().read(EventQuery.all())).orElseThrow().stream().map(StoredEvent::sequence).toList();
    }

    private GroupCommit appends(DatabaseFile file, int room) {
        Door writer = Door.toWrite(file, Duration.ofSeconds(10), Schema.CURRENT);
        doors.add(writer);
        return new GroupCommit(writer, new LogRoom(file, room), new LogLimit(writer, file, LogLimit.BYTES));
    }

    /** The lengths that the log had, each once, while writers took turns. */
    private List<Long> lengths(DatabaseFile file, GroupCommit... writers) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            assertThat(writers[i % writers.length].append(TOKEN, BATCH)).isEqualTo(next++);
            lengths.add(file.logBytes());
        }
        return lengths.stream().distinct().toList();
    }
}
