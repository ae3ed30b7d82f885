package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FullDiskTest {
    @TempDir
    Path temp;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()),
                "only the superuser of a Linux can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void whatWasAcknowledgedStaysAndAppendsGoOnWhenThereIsRoom() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[1 << 20]);
        Path directory = disk.resolve("store");
        long acknowledged = 0;
        try (Store store = open(directory)) {
            StoreException full = null;
            while (full == null) {
                try {
                    acknowledged = store.append(TOKEN, List.of(event(acknowledged), event(acknowledged + 1)));
                } catch (StoreException e) {
                    full = e;
                }
            }
            assertThat(full.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(full).hasMessageContaining("make room on the disk");
            assertThat(store.read(EventQuery.all())).as("readable while the disk is full").hasSize((int) acknowledged);
            Path backup = disk.resolve("backup");
            assertRefused(ErrorCode.STORE_FAILED, () -> store.maintenance().orElseThrow().backup(backup)).withMessageContaining("make room on the disk");
            assertThat(backup).doesNotExist();
            Files.delete(ballast);
            assertThat(store.append(TOKEN, List.of(event(0)))).isEqualTo(acknowledged + 1);
        }
        assertThat(acknowledged).isGreaterThan(10);
        try (Store store = open(directory)) {
            assertThat(store.maintenance().orElseThrow().check()).isEqualTo(new StoreCheck(acknowledged + 1, List.of()));
        }
    }

    @Test
    void aMigrationForWhichThereIsNoRoomLeavesTheOldVersion() throws Exception {
        DatabaseFile file = DatabaseFile.in(disk);
        Creation.create(file, new Schema(Schema.CURRENT.steps().subList(0, 2)));
        try (Database database = Database.openToWrite(file.path())) {
            database.alone(() -> {
                new EventTable(database, file).add(0, TOKEN, Maintainer.events().subList(0, 1000));
                return null;
            });
        }
        // Room for the copy, not for what the migration writes into the log.
        long room = Files.size(file.path()) * 3 / 2;
        Files.write(disk.resolve("ballast"), new byte[(int) (Files.getFileStore(disk).getUsableSpace() - room)]);
        assertRefused(ErrorCode.STORE_FAILED, () -> open(disk)).withMessageContaining("make room on the disk");
        try (Database database = Database.openToRead(file.path())) {
            assertThat(database.number("PRAGMA user_version")).isEqualTo(2);
            assertThat(database.number("SELECT count(*) FROM events")).isEqualTo(1000);
        }
        assertThat(disk.resolve("store.db.v2")).doesNotExist();
    }

    private static Event event(long i) {
        return Event.of("cycle", "kind-" + i % 3, "subject", Instant.ofEpochSecond(3600 * i), Map.of("i", (double) i), "\"" + "x".repeat(5000) + "\"");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
