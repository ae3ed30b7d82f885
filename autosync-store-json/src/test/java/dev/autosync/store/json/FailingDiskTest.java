package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
    @TempDir
    Path temp;

    /** Fails call n, for n = 1, 2, 3, ... until a run ends without a failure. */
    @Test
    void whateverCallFailsTheStoreHoldsWhatWasAcknowledgedAndNothingElse() throws IOException {
        boolean failed = true;
        int n = 1;
        for (; failed; n++) {
            Path directory = Files.createDirectory(temp.resolve("n" + n)).resolve("store");
            FailingDisk disk = new FailingDisk(n);
            int acknowledged = 0;
            try (JsonStore store = JsonStore.open(directory, 700, disk, true)) {
                for (int i = 0; i < 6; i++) {
                    try {
                        acknowledged = (int) store.append(TOKEN, events(acknowledged, 2));
                    } catch (StoreException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                    }
                    disk.pause(true);
                    assertThat(subjects(store)).as("call %d", n).isEqualTo(expected(acknowledged));
                    disk.pause(false);
                    if (i == 2 && Files.exists(segment(directory, 1))) {
                        Files.writeString(lastSegment(directory), "{\"v\":1,", StandardOpenOption.APPEND);
                    }
                }
            }
            failed = disk.failed();
            try (JsonStore store = open(directory)) {
                assertThat(subjects(store)).as("call %d, opened again", n).isEqualTo(expected(acknowledged));
                store.append(TOKEN, events(acknowledged, 2));
            }
            try (JsonStore store = open(directory)) {
                assertThat(subjects(store)).isEqualTo(expected(acknowledged + 2));
            }
        }
        assertThat(n).as("calls that failed").isGreaterThan(15);
    }

    @Test
    void aFullDiskTakesTheAppendBackAndTheStoreGoesOn() {
        FailingDisk disk = new FailingDisk(0);
        try (JsonStore store = JsonStore.open(temp, 1 << 20, disk, true)) {
            store.append(TOKEN, events(0, 1));
            disk.broken().add(FailingDisk.Call.WRITE);
            assertFails(store);
            disk.broken().clear();
            assertThat(store.append(TOKEN, events(1, 2))).isEqualTo(3);
            assertThat(subjects(store)).isEqualTo(expected(3));
        }
    }

    @Test
    void aForcedWriteThatFailedIsNotTriedAgainUntilTheStoreIsOpenedAnew() {
        FailingDisk disk = new FailingDisk(0);
        try (JsonStore store = JsonStore.open(temp, 1 << 20, disk, true)) {
            store.append(TOKEN, events(0, 1));
            disk.broken().add(FailingDisk.Call.FORCE);
            assertFails(store);
            disk.broken().clear();
            int forced = disk.forced();
            assertThatThrownBy(() -> store.append(TOKEN, events(1, 1))).hasMessageContaining("open the store again");
            assertThat(disk.forced()).isEqualTo(forced);
            assertThat(subjects(store)).isEqualTo(expected(1));
        }
        try (JsonStore store = open(temp)) {
            assertThat(store.append(TOKEN, events(1, 1))).isEqualTo(2);
        }
    }

    @Test
    void aWriteThatCannotBeTakenBackIsDroppedWhenTheStoreIsOpenedAnew() {
        FailingDisk disk = new FailingDisk(0);
        try (JsonStore store = JsonStore.open(temp, 1 << 20, disk, true)) {
            store.append(TOKEN, events(0, 1));
            disk.broken().addAll(EnumSet.of(FailingDisk.Call.WRITE, FailingDisk.Call.TRUNCATE));
            assertFails(store);
            disk.broken().clear();
            assertFails(store);
            assertThat(subjects(store)).isEqualTo(expected(1));
        }
        try (JsonStore store = open(temp)) {
            assertThat(subjects(store)).isEqualTo(expected(1));
            assertThat(store.append(TOKEN, events(1, 1))).isEqualTo(2);
        }
    }

    private static void assertFails(JsonStore store) {
        assertThatThrownBy(() -> store.append(TOKEN, events(1, 2))).isInstanceOf(StoreException.class)
                .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_FAILED);
    }

    private static Path lastSegment(Path directory) {
        int number = 1;
        while (Files.exists(segment(directory, number + 1))) {
            number++;
        }
        return segment(directory, number);
    }
}
