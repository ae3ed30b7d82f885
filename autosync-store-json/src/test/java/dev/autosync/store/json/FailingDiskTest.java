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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
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
                    assertThat(subjects(store)).as("call %d", n).isEqualTo(expected(acknowledged));
                    if (i == 2 && Files.exists(segment(directory, 1))) {
                        Files.writeString(lastSegment(directory), "{\"v\":1,", StandardOpenOption.APPEND);
                    }
                }
            }
            failed = disk.failed;
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
            disk.broken.add(Call.WRITE);
            assertFails(store);
            disk.broken.clear();
            assertThat(store.append(TOKEN, events(1, 2))).isEqualTo(3);
            assertThat(subjects(store)).isEqualTo(expected(3));
        }
    }

    @Test
    void aForcedWriteThatFailedIsNotTriedAgainUntilTheStoreIsOpenedAnew() {
        FailingDisk disk = new FailingDisk(0);
        try (JsonStore store = JsonStore.open(temp, 1 << 20, disk, true)) {
            store.append(TOKEN, events(0, 1));
            disk.broken.add(Call.FORCE);
            assertFails(store);
            disk.broken.clear();
            int forced = disk.forced;
            assertThatThrownBy(() -> store.append(TOKEN, events(1, 1))).hasMessageContaining("open the store again");
            assertThat(disk.forced).isEqualTo(forced);
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
            disk.broken.addAll(EnumSet.of(Call.WRITE, Call.TRUNCATE));
            assertFails(store);
            disk.broken.clear();
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

    private enum Call { OPEN, WRITE, FORCE, FORCE_DIRECTORY, TRUNCATE, CREATE }

    /** Lets the n-th call fail, or those of some kinds; a write that fails has written a half. */
    private static final class FailingDisk extends Disk {
        private final Set<Call> broken = EnumSet.noneOf(Call.class);
        private int left;
        private boolean failed;
        private int forced;

        FailingDisk(int call) {
            this.left = call;
        }

        private void call(Call call) throws IOException {
            left--;
            if (left == 0 || broken.contains(call)) {
                failed = true;
                throw new IOException("injected: " + call);
            }
        }

        @Override
        RandomAccessFile open(Path file) throws IOException {
            call(Call.OPEN);
            return super.open(file);
        }

        @Override
        void write(RandomAccessFile file, long at, byte[] bytes, int length) throws IOException {
            try {
                call(Call.WRITE);
            } catch (IOException e) {
                super.write(file, at, bytes, length * 3 / 4);
                throw e;
            }
            super.write(file, at, bytes, length);
        }

        @Override
        void force(RandomAccessFile file) throws IOException {
            forced++;
            call(Call.FORCE);
            super.force(file);
        }

        @Override
        void forceDirectory(Path directory) throws IOException {
            call(Call.FORCE_DIRECTORY);
            super.forceDirectory(directory);
        }

        @Override
        void truncate(RandomAccessFile file, long length) throws IOException {
            call(Call.TRUNCATE);
            super.truncate(file, length);
        }

        @Override
        void createDirectories(Path directory) throws IOException {
            call(Call.CREATE);
            super.createDirectories(directory);
        }
    }
}
