package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LeakTest {
    private static final int ROUNDS = 20_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void twentyThousandAppendsAndReadsKeepAFewStatementsAndCloseThemAll() throws Exception {
        StoreFixture.fill(directory, 5);
        AtomicInteger openStatements = new AtomicInteger();
        try (Database database = counting(openStatements)) {
            // No power is cut.
            database.execute("PRAGMA synchronous = OFF");
            Tables tables = new Tables(database, DatabaseFile.in(directory));
            use(database, tables, 0, 300);
            int kept = openStatements.get();
            use(database, tables, 300, ROUNDS);
            assertThat(openStatements).as("the same ones again and again").hasValue(kept);
            assertThat(kept).isBetween(1, 20);
            // The control: a statement that nobody keeps is seen.
            for (int i = 0; i < 1000; i++) {
                database.number("SELECT " + i);
                assertThat(openStatements.get()).as("however many there are").isLessThanOrEqualTo(64);
            }
            assertThat(openStatements).hasValue(64);
        }
        assertThat(openStatements).as("closed with their connection").hasValue(0);
    }

    @Test
    void readsThatFailLeaveNoStatementOpenEither() throws Exception {
        StoreFixture.fill(directory, 5);
        StoreFixture.sql(database(directory), "UPDATE events SET crc = 1 WHERE seq = 3");
        AtomicInteger openStatements = new AtomicInteger();
        try (Database database = counting(openStatements)) {
            EventTable table = new EventTable(database, DatabaseFile.in(directory));
            for (int i = 0; i < 100; i++) {
                StoreFixture.assertRefused(ErrorCode.STORE_DAMAGED, () -> table.read(EventQuery.all()));
                assertThat(openStatements).hasValue(1);
            }
        }
        assertThat(openStatements).hasValue(0);
    }

    @Test
    void openingAndClosingAThousandTimesLeavesNoFileOpen() throws Exception {
        StoreFixture.fill(directory, 5);
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        long before = count(descriptors);
        for (int i = 0; i < 1000; i++) {
            try (Store store = open(directory)) {
                if (i % 50 == 0) {
                    store.append(TOKEN, events(i, 1));
                }
                assertThat(store.read(EventQuery.all().latest(1))).hasSize(1);
            }
        }
        assertThat(count(descriptors)).isLessThan(before + 20);
    }

    private static void use(Database database, Tables tables, int from, int to) throws SQLException {
        for (int i = from; i < to; i++) {
            int round = i;
            database.alone(() -> database.atOneMoment(version -> {
                tables.begin(Schema.CURRENT, version);
                return tables.append(TOKEN, events(round, 1));
            }));
            assertThat(tables.events().read(EventQuery.all().kind("kind-1").latest(3))).isNotEmpty();
        }
    }

    /** A database whose statements are counted from their making to their closing. */
    private Database counting(AtomicInteger open) throws SQLException {
        Connection real = DriverManager.getConnection("jdbc:sqlite:" + database(directory));
        return new Database(proxy(Connection.class, (method, arguments) -> {
            Object answer = method.invoke(real, arguments);
            if (!(answer instanceof Statement statement)) {
                return answer;
            }
            open.incrementAndGet();
            return proxy(method.getReturnType(), (call, with) -> {
                if (call.getName().equals("close") && !statement.isClosed()) {
                    open.decrementAndGet();
                }
                return call.invoke(statement, with);
            });
        }));
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(LeakTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) ->
                call.answer(method, arguments)));
    }

    private static long count(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }
}
