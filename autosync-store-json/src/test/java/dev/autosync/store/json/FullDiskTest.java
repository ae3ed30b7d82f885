package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 300 KiB, which only root can make. */
class FullDiskTest {
    @TempDir
    Path mount;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", mount.toString());
        assumeTrue(mounted, "a small tmpfs can be mounted, which takes root on Linux");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", mount.toString());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndEverythingGoesOnWhenThereIsRoom() throws Exception {
        Path ballast = Files.write(mount.resolve("ballast"), new byte[100 << 10]);
        Path directory = mount.resolve("store");
        int count = 0;
        try (JsonStore store = JsonStore.open(directory, 16 << 10, new Disk(), true)) {
            StoreMaintenance maintenance = store.maintenance().orElseThrow();
            for (boolean full = false; !full;) {
                try {
                    store.append(TOKEN, events(count, 7));
                    count += 7;
                } catch (StoreException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                    full = true;
                }
            }
            assertThat(count).isGreaterThan(300);
            assertThat(subjects(store)).isEqualTo(expected(count));
            Retention half = Retention.dropping(Instant.ofEpochSecond(86_400), Set.of("none"));
            assertThat(maintenance.compact(TOKEN, half).removed()).isZero();
            assertFails(() -> maintenance.backup(mount.resolve("backup")));
            assertThat(mount.resolve("backup")).doesNotExist();
            Files.delete(ballast);
            assertThat(store.append(TOKEN, events(count, 1))).isEqualTo(count + 1);
        }
        try (JsonStore store = JsonStore.open(directory, 16 << 10, new Disk(), true)) {
            assertThat(subjects(store)).isEqualTo(expected(count + 1));
            assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
        }
    }

    private interface Call {
        void run() throws InterruptedException;
    }

    private static void assertFails(Call call) throws InterruptedException {
        try {
            call.run();
        } catch (StoreException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            return;
        }
        throw new AssertionError("it should have failed");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
