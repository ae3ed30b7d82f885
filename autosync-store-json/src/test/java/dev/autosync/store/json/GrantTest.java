package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.ProcessLock;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the files {@code token} and {@code lock}. The rest of what a grant must do is in the contract. */
class GrantTest {
    @TempDir
    Path temp;

    @Test
    void aGrantMakesTheFolderAndATokenFileAndNothingElseDoes() throws IOException {
        Path directory = temp.resolve("a/b/store");
        try (Store store = open(directory)) {
            assertThat(store.lastToken()).isEmpty();
            assertThat(store.append(TOKEN, List.of())).isZero();
            assertThat(temp).isEmptyDirectory();
            assertThat(store.grant(new FencingToken(7))).isEqualTo(new FencingToken(7));
        }
        assertThat(directory.resolve("token")).hasContent("7\n");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(directory.resolve("token"), directory.resolve("lock"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "9\r\n", "-9\n", "0\n", "09\n", " 9\n", "9\n9\n", "x\n", "1e3\n", "1152921504606846977\n", "1999999999999999999\n",
        "9223372036854775807\n", "9223372036854775808\n", "99999999999999999999999999999999999999999\n", "\u0000\u0000"})
    void aTokenFileThatHoldsNoTokenCountsAsNone(String content) throws IOException {
        try (Store store = open(temp)) {
            store.append(new FencingToken(4), events(0, 1));
            Files.writeString(temp.resolve("token"), content);
            assertThat(store.lastToken()).contains(new FencingToken(4));
            assertThat(store.append(new FencingToken(4), events(1, 1))).isEqualTo(2);
            assertThat(store.grant(TOKEN)).isEqualTo(new FencingToken(5));
        }
        assertThat(temp.resolve("token")).hasContent("5\n");
    }

    @Test
    void aLinkAndAFolderInPlaceOfTheTokenFileCountAsNoneAndLeadNowhere() throws IOException {
        Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "9\n");
        Path store = Files.createDirectory(temp.resolve("store"));
        Files.createSymbolicLink(store.resolve("token"), elsewhere);
        try (Store opened = open(store)) {
            assertThat(opened.lastToken()).isEmpty();
            assertThat(opened.grant(TOKEN)).isEqualTo(TOKEN);
            assertThat(elsewhere).hasContent("9\n");
            assertThat(store.resolve("token")).isRegularFile().hasContent("1\n");
            Files.delete(store.resolve("token"));
            Files.createDirectories(store.resolve("token/in the way"));
            assertThat(opened.append(TOKEN, events(0, 1))).isEqualTo(1);
            assertFails(() -> opened.grant(TOKEN), "Cannot grant a token in");
        }
    }

    @Test
    void theHighestTokenOfAllLeavesNoneToGrant() {
        try (Store store = open(temp)) {
            assertFails(() -> store.grant(new FencingToken((1L << 60) + 1)), "above 1152921504606846976");
            assertThat(store.lastToken()).isEmpty();
            assertThat(store.grant(new FencingToken(1L << 60))).isEqualTo(new FencingToken(1L << 60));
            assertFails(() -> store.grant(TOKEN), "above 1152921504606846976");
            // A history that is copied may hold whatever it holds.
            store.append(new FencingToken(Long.MAX_VALUE), events(0, 1));
            assertFails(() -> store.grant(TOKEN), "above 1152921504606846976");
        }
    }

    /** Fails call n, for n = 1, 2, 3, ... until a run ends without a failure. */
    @Test
    void whateverCallFailsAGrantIsGivenOrNothingWasGranted() throws IOException {
        boolean failed = true;
        int failures = 0;
        for (int n = 1; failed; n++) {
            Path directory = Files.createDirectory(temp.resolve("n" + n)).resolve("store");
            FailingDisk disk = new FailingDisk(n);
            long granted = 0;
            try (JsonStore store = JsonStore.open(directory, 700, disk, true)) {
                for (int i = 0; i < 4; i++) {
                    try {
                        granted = store.grant(new FencingToken(i == 1 ? 1_000_000 : 1)).value();
                        // A temporary file of a process that died, longer than what comes next.
                        Files.writeString(directory.resolve("token.tmp"), "x".repeat(100));
                    } catch (StoreException e) {
                        failures++;
                        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                    }
                    disk.pause(true);
                    assertThat(store.lastToken().map(FencingToken::value).orElse(0L)).as("call %d", n).isEqualTo(granted);
                    disk.pause(false);
                }
            }
            failed = disk.failed();
            try (Store store = open(directory)) {
                assertThat(store.lastToken().map(FencingToken::value).orElse(0L)).as("call %d, opened again", n).isEqualTo(granted);
            }
        }
        assertThat(failures).as("grants that failed").isGreaterThan(15);
    }

    @Test
    void whoHoldsTheLockForTooLongIsNamedAsTheReason() throws IOException {
        Disk impatient = new Disk() {
            @Override
            Closeable lock(Path file, Duration patience) throws IOException {
                return super.lock(file, Duration.ofMillis(20));
            }
        };
        try (Store store = JsonStore.open(temp, 1 << 20, impatient, true)) {
            store.append(TOKEN, events(0, 1));
            ProcessLock.Held other = ProcessLock.on(temp.resolve("lock")).tryAcquire().orElseThrow();
            assertFails(() -> store.append(TOKEN, events(1, 1)), "let it go on or end it");
            assertFails(() -> store.grant(TOKEN), "let it go on or end it");
            assertThat(store.append(TOKEN, List.of())).as("asks nobody").isEqualTo(1);
            assertThat(subjects(store)).as("asks nobody").isEqualTo(expected(1));
            assertThat(store.lastToken()).contains(TOKEN);
            other.close();
            assertThat(store.append(TOKEN, events(1, 1))).isEqualTo(2);
        }
    }

    @Test
    void aDamagedStoreGrantsSoThatTheWorkspaceCanBePutRightAndAppendsNothing() throws IOException {
        try (Store store = open(temp)) {
            store.append(new FencingToken(4), events(0, 3));
        }
        Files.writeString(segment(temp, 1), Files.readString(segment(temp, 1)).replace("subject-2", "subject-9"));
        try (Store store = open(temp)) {
            FencingToken granted = store.grant(new FencingToken(5));
            assertThat(granted).isEqualTo(new FencingToken(5));
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.append(granted, events(3, 1)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DAMAGED));
        }
    }

    private static void assertFails(ThrowingCallable call, String why) {
        assertThatExceptionOfType(StoreException.class).isThrownBy(call).withMessageContaining(why)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }
}
