package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the table of grants. The rest of what a grant must do is in the contract. */
class GrantTest {
    @TempDir
    Path temp;

    @Test
    void aGrantMakesTheDatabaseWithNoEventInIt() throws Exception {
        Path directory = temp.resolve("a/b/store");
        try (Store store = open(directory)) {
            assertThat(store.lastToken()).isEmpty();
            assertThat(temp).isEmptyDirectory();
            assertThat(store.grant(new FencingToken(7))).isEqualTo(new FencingToken(7));
            assertThat(store.read(EventQuery.all())).isEmpty();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).as("closing tidies up").containsExactly(database(directory));
        }
        try (Database opened = Database.openToRead(database(directory))) {
            assertThat(opened.texts("SELECT id, token FROM grants")).containsExactly(Map.entry("1", "7"));
        }
    }

    /** The statement of the plan, on a table that nobody has used. */
    @Test
    void growsByOneOnAnEmptyTable() throws Exception {
        try (Store store = open(temp)) {
            assertThat(store.grant(TOKEN).value()).isEqualTo(1);
            assertThat(store.grant(TOKEN).value()).isEqualTo(2);
            assertThat(store.grant(TOKEN).value()).isEqualTo(3);
            assertRefused(ErrorCode.STORE_STALE_TOKEN, () -> store.append(new FencingToken(2), events(0, 1)));
            assertThat(store.append(new FencingToken(3), events(0, 1))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, (1L << 60) + 1, Long.MAX_VALUE})
    void aTokenThatWasNeverGrantedCountsAsNone(long token) throws Exception {
        try (Store store = open(temp)) {
            store.append(new FencingToken(4), events(0, 1));
            store.grant(TOKEN);
        }
        sql(database(temp), "UPDATE grants SET token = " + token);
        try (Store store = open(temp)) {
            assertThat(store.lastToken()).contains(new FencingToken(4));
            assertThat(store.append(new FencingToken(4), events(1, 1))).isEqualTo(2);
            assertThat(store.grant(TOKEN)).isEqualTo(new FencingToken(5));
            assertThat(store.lastToken()).contains(new FencingToken(5));
        }
    }

    @Test
    void theHighestTokenOfAllLeavesNoneToGrant() {
        try (Store store = open(temp)) {
            assertRefused(ErrorCode.STORE_FAILED, () -> store.grant(new FencingToken((1L << 60) + 1))).withMessageContaining("above 1152921504606846976");
            assertThat(store.lastToken()).isEmpty();
            assertThat(store.grant(new FencingToken(1L << 60))).isEqualTo(new FencingToken(1L << 60));
            assertRefused(ErrorCode.STORE_FAILED, () -> store.grant(TOKEN)).withMessageContaining("above 1152921504606846976");
            assertThat(store.lastToken()).as("nothing was granted").contains(new FencingToken(1L << 60));
            // A history that is copied may hold whatever it holds.
            store.append(new FencingToken(Long.MAX_VALUE), events(0, 1));
            assertRefused(ErrorCode.STORE_FAILED, () -> store.grant(TOKEN)).withMessageContaining("above 1152921504606846976");
        }
    }
}
