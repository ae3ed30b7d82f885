package dev.autosync.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.MapSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Events and databases for the tests of this package. */
final class StoreFixture {
    static final FencingToken TOKEN = new FencingToken(1);

    private StoreFixture() {}

    static Store open(Path directory) {
        return new SqliteStoreFactory().open(directory, MapSettings.empty());
    }

    static Store open(Path directory, Schema schema) {
        return SqliteStore.open(directory, Duration.ofSeconds(10), FileSystemType.REAL, schema);
    }

    static Path database(Path directory) {
        return directory.resolve("store.db");
    }

    static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Event.of("cycle-" + i / 8, "kind-" + i % 3, "subject-" + i % 7,
                Instant.ofEpochSecond(i, i), Map.of("i", (double) i), "{\"i\":" + i + "}")).toList();
    }

    /** A store with events 1 to {@code count}, closed, and what it gives back. */
    static List<StoredEvent> fill(Path directory, int count) {
        try (Store store = open(directory)) {
            for (int i = 0; i < count; i += 5) {
                store.append(TOKEN, events(i, Math.min(5, count - i)));
            }
            return store.read(EventQuery.all());
        }
    }

    /** Runs SQL as another application would. */
    static void sql(Path database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static ThrowableAssertAlternative<StoreException> assertRefused(ErrorCode code, ThrowingCallable call) {
        return org.assertj.core.api.Assertions.assertThatExceptionOfType(StoreException.class).isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Opens and uses a store of which nothing must come, and checks that the file is as it was. */
    static ThrowableAssertAlternative<StoreException> assertRefusedAndUntouched(ErrorCode code, Path directory) throws IOException {
        byte[] before = Files.readAllBytes(database(directory));
        ThrowableAssertAlternative<StoreException> thrown = assertRefused(code, () -> open(directory).close());
        assertThat(Files.readAllBytes(database(directory))).as("the file is as it was").isEqualTo(before);
        return thrown;
    }
}
