package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.MapSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    private static final int APPENDS = 100;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void twoProcessesThatAppendAtOnceLoseNothingAndMixNothing() throws Exception {
        Path store = directory.resolve("store");
        try (Child one = Child.start(directory.resolve("errors-1"), List.of(), Appender.class, store, 5, APPENDS);
                Child two = Child.start(directory.resolve("errors-2"), List.of(), Appender.class, store, 5, APPENDS)) {
            assertThat(one.exit()).isZero();
            assertThat(two.exit()).isZero();
            assertThat(one.errors() + two.errors()).isEmpty();
        }
        try (Store opened = open(store)) {
            List<StoredEvent> all = opened.read(EventQuery.all());
            assertThat(all).extracting(StoredEvent::sequence).containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
            assertThat(all.stream().filter(e -> e.event().subject().startsWith("0/"))).hasSize(2 * APPENDS);
            for (int i = 1; i < all.size(); i++) {
                String subject = all.get(i).event().subject();
                if (!subject.startsWith("0/")) {
                    assertThat(all.get(i - 1).event().subject()).as("before %s", subject)
                            .isEqualTo((Integer.parseInt(subject.substring(0, 1)) - 1) + subject.substring(1));
                }
            }
        }
    }

    @Test
    @Timeout(120)
    void aProcessWhoseTokenIsStaleAppendsNothing() throws Exception {
        Path store = directory.resolve("store");
        try (Store here = open(store); Child child = Child.start(directory.resolve("errors"), List.of(), Appender.class, store, 5, 1_000_000)) {
            assertThat(child.line()).isNotNull();
            long last = here.append(new FencingToken(6), events(0, 1));
            String answer = child.line();
            while (answer != null && answer.matches("[0-9]+")) {
                assertThat(Long.parseLong(answer)).as("nothing comes behind a higher token").isLessThan(last);
                answer = child.line();
            }
            assertThat(answer).isEqualTo("STORE_STALE_TOKEN");
            assertThat(child.exit()).isZero();
            assertThat(here.read(EventQuery.all().latest(1))).extracting(StoredEvent::sequence).containsExactly(last);
            assertThat(here.lastToken()).contains(new FencingToken(6));
        }
    }

    @Test
    void readsWhileAnotherWritesAndSeesNothingThatIsNotCommitted() throws Exception {
        StoreFixture.fill(directory, 5);
        try (Store store = open(directory); Connection other = DriverManager.getConnection("jdbc:sqlite:" + database(directory));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("DELETE FROM events");
            assertThat(store.read(EventQuery.all())).hasSize(5);
            assertThat(store.lastToken()).contains(StoreFixture.TOKEN);
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void waitsNoLongerThanItsBusyTimeoutForAnotherWriter() throws Exception {
        StoreFixture.fill(directory, 5);
        try (Store store = new SqliteStoreFactory().open(directory, MapSettings.of(Map.of("busyTimeout", "PT0.05S")));
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + database(directory)); Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertRefused(ErrorCode.STORE_FAILED, () -> store.append(StoreFixture.TOKEN, events(5, 1)))
                    .withMessageContaining("another process was writing");
            statement.execute("ROLLBACK");
            assertThat(store.append(StoreFixture.TOKEN, events(5, 1))).isEqualTo(6);
        }
    }
}
