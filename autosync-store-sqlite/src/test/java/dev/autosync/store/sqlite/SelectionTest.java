package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class SelectionTest {
    private static final long FAR = 4_000_000_000L;

    @TempDir
    Path directory;

    @Test
    void everyQueryIsASearchInTheOrderOfAnIndexAndSortsNothing() throws SQLException {
        fill(directory, 20);
        try (Database database = Database.openToRead(database(directory))) {
            for (int conditions = 0; conditions < 64; conditions++) {
                for (boolean latest : new boolean[] {false, true}) {
                    EventQuery query = query(conditions, latest);
                    for (Stretch stretch : Stretch.of(database, DatabaseFile.in(directory), query)) {
                        Selection selection = Selection.of(query, stretch, query.limit());
                        List<String> plan = plan(database, selection);
                        assertThat(plan).as("%s", selection).noneMatch(step -> step.startsWith("SCAN "))
                                .noneMatch(step -> step.contains("TEMP B-TREE") || step.contains("AUTOMATIC"));
                        assertThat(plan.get(0)).as("%s", selection).contains(index(conditions));
                    }
                }
            }
            assertThat(plan(database, new Selection(Selection.LAST, List.of()))).as("the end of the table, and no more").containsExactly("SCAN events");
        }
    }

    @Test
    void theLatestEventsCostTheSameHoweverLongTheHistoryIs() throws SQLException {
        EventQuery latest = EventQuery.all().kind("kind-1").latest(20);
        EventQuery recent = EventQuery.all().since(Instant.ofEpochSecond(1_000_000)).latest(20);
        long[] few = steps(1_000, latest, recent, EventQuery.all().latest(1));
        long[] many = steps(20_000, latest, recent, EventQuery.all().latest(1));
        for (int i = 0; i < few.length; i++) {
            assertThat(many[i]).as("steps of query %d on 20 times as many events", i).isLessThan(few[i] + few[i] / 4 + 100);
        }
        // The control: a query that finds more costs more.
        EventQuery all = EventQuery.all().kind("kind-1");
        assertThat(steps(20_000, all)[0]).isGreaterThan(10 * many[0]);
    }

    @Test
    void anHourOfAClockThatWasWrongMakesNoQueryPassOverAllThatCameSince() throws SQLException {
        Instant day = Instant.ofEpochSecond(1_000_000);
        EventQuery[] queries = {EventQuery.all().since(day), EventQuery.all().since(day).latest(40), EventQuery.all().since(Instant.ofEpochSecond(FAR))};
        long[] few = steps(1_000, queries);
        long[] many = steps(20_000, queries);
        for (int i = 0; i < few.length; i++) {
            assertThat(many[i]).as("steps of query %d on 20 times as many events", i).isLessThan(few[i] + few[i] / 4 + 100);
        }
        try (Store store = open(directory.resolve("history-20000"))) {
            assertThat(store.read(queries[0])).extracting(StoredEvent::sequence).hasSize(31).startsWith(4L, 19_971L).endsWith(20_000L);
            assertThat(store.read(queries[0].latest(31))).isEqualTo(store.read(queries[0]));
            assertThat(store.read(queries[0].latest(30))).isEqualTo(store.read(queries[0].after(4)));
            assertThat(store.read(queries[0].limit(2))).extracting(StoredEvent::sequence).containsExactly(4L, 19_971L);
            assertThat(store.read(queries[0].after(Long.MAX_VALUE))).isEmpty();
        }
    }

    @Test
    void aChangedNoteOfWhatIsRolledUpHidesNoEventFromQueriesByTime() throws SQLException {
        fill(directory, 70);
        sql(database(directory), "UPDATE rolled SET seq = 70");
        try (Store store = open(directory)) {
            assertRefused(ErrorCode.STORE_DAMAGED, () -> store.read(EventQuery.all().until(Instant.ofEpochSecond(100)))).withMessageContaining("table rolled");
            assertThat(store.read(EventQuery.all().kind("kind-0").until(Instant.ofEpochSecond(100)))).hasSize(24);
        }
    }

    /** How many steps of SQLite's machine queries take on a history of so many events, the last 30 of them recent, and the fourth in the far future. */
    private long[] steps(int events, EventQuery... queries) throws SQLException {
        Path folder = directory.resolve("history-" + events);
        try (Store store = open(folder)) {
            if (store.lastToken().isEmpty()) {
                store.append(TOKEN, IntStream.range(0, events).mapToObj(i -> Event.of("cycle-" + i / 8, "kind-" + i % 3, "subject-" + i % 7,
                        Instant.ofEpochSecond(i == 3 ? FAR : i < events - 30 ? i : 1_000_000 + i), Map.of(), "{}")).toList());
            }
        }
        long[] steps = new long[queries.length];
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(folder))) {
            EventTable table = new EventTable(new Database(connection), DatabaseFile.in(folder));
            for (int i = 0; i < queries.length; i++) {
                AtomicLong counted = new AtomicLong();
                ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        counted.incrementAndGet();
                        return 0;
                    }
                });
                assertThat(table.read(queries[i])).isNotEmpty();
                steps[i] = counted.get();
            }
        }
        return steps;
    }

    private static List<String> plan(Database database, Selection selection) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (ResultSet row = database.prepare("EXPLAIN QUERY PLAN " + selection.sql(), selection.parameters()).executeQuery()) {
            while (row.next()) {
                plan.add(row.getString("detail"));
            }
        }
        return plan;
    }

    private static EventQuery query(int conditions, boolean latest) {
        EventQuery query = EventQuery.all();
        query = (conditions & 1) == 0 ? query : query.cycle("cycle-1");
        query = (conditions & 2) == 0 ? query : query.subject("subject-1");
        query = (conditions & 4) == 0 ? query : query.kind("kind-1");
        query = (conditions & 8) == 0 ? query : query.since(Instant.ofEpochSecond(5, 3));
        query = (conditions & 16) == 0 ? query : query.after(3);
        query = (conditions & 32) == 0 ? query : query.until(Instant.ofEpochSecond(9, 3));
        return latest ? query.latest(200) : query.limit(200);
    }

    private static String index(int conditions) {
        return (conditions & 1) != 0 ? "INDEX events_of_cycle (cycle=? AND "
                : (conditions & 2) != 0 ? "INDEX events_of_subject (subject=? AND "
                : (conditions & 4) != 0 ? "INDEX events_of_kind (kind=? AND seq>?" : "INTEGER PRIMARY KEY (rowid>";
    }
}
