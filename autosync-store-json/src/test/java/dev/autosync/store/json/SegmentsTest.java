package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.appendEach;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreFactory;
import dev.autosync.testkit.MapSettings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
    @TempDir
    Path temp;

    @Test
    void aSegmentThatWouldGrowTooLargeIsFollowedByANewOne() throws IOException {
        try (Store store = new JsonStoreFactory().open(temp, MapSettings.of(Map.of("segmentBytes", 4096)))) {
            appendEach(store, 0, 100);
            assertThat(subjects(store)).isEqualTo(expected(100));
        }
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.filter(f -> f.getFileName().toString().startsWith("events")).sorted().toList()).hasSizeGreaterThan(3).allSatisfy(f -> assertThat(Files.size(f)).isBetween(1L, 4096L))
                    .first().isEqualTo(segment(temp, 1));
        }
        try (Store store = open(temp)) {
            assertThat(subjects(store)).isEqualTo(expected(100));
            for (int after = 0; after <= 100; after++) {
                assertThat(subjects(store, EventQuery.all().after(after))).isEqualTo(expected(100).subList(after, 100));
            }
        }
    }

    @Test
    void anAppendIsNotSplitHoweverLargeItIs() {
        try (Store store = JsonStore.open(temp, 300, new Disk(), true)) {
            store.append(TOKEN, events(0, 1));
            store.append(TOKEN, events(1, 50));
            store.append(TOKEN, events(51, 1));
            assertThat(subjects(store)).isEqualTo(expected(52));
        }
        assertThat(segment(temp, 3)).exists();
        assertThat(segment(temp, 4)).doesNotExist();
    }

    @Test
    void theFolderIsMadeByTheFirstAppendOnly() {
        Path directory = temp.resolve("a/b");
        try (JsonStore store = open(directory)) {
            subjects(store);
            store.append(TOKEN, events(0, 0));
            assertThat(temp.resolve("a")).doesNotExist();
            store.append(TOKEN, events(0, 1));
            assertThat(segment(directory, 1)).exists();
        }
    }

    @Test
    void twoStoresOnOneFolderSeeEachOthersEvents() {
        try (JsonStore first = JsonStore.open(temp, 500, new Disk(), true);
                JsonStore second = JsonStore.open(temp, 500, new Disk(), true)) {
            for (int i = 0; i < 20; i += 2) {
                assertThat(first.append(new FencingToken(i + 1), events(i, 1))).isEqualTo(i + 1);
                assertThat(second.lastToken()).contains(new FencingToken(i + 1));
                assertThat(second.append(new FencingToken(i + 2), events(i + 1, 1))).isEqualTo(i + 2);
                assertThatThrownBy(() -> first.append(TOKEN, events(0, 1))).isInstanceOf(StoreException.class)
                        .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_STALE_TOKEN);
            }
            assertThat(subjects(first)).isEqualTo(subjects(second)).isEqualTo(expected(20));
        }
    }

    @Test
    void openingAndAppendingReadTheLastSegmentOnlyHoweverLongTheHistoryIs() {
        long segmentBytes = 4096;
        for (int events : new int[] {100, 1000}) {
            Path directory = temp.resolve("store-" + events);
            try (JsonStore store = JsonStore.open(directory, segmentBytes, new Disk(), true)) {
                appendEach(store, 0, events);
            }
            CountingDisk disk = new CountingDisk();
            try (JsonStore store = JsonStore.open(directory, segmentBytes, disk, true)) {
                assertThat(disk.bytes).isBetween(1L, segmentBytes);
                disk.bytes = 0;
                appendEach(store, events, 50);
                assertThat(disk.bytes).as("an append reads nothing").isZero();
                assertThat(disk.forced).as("an append is forced once").isEqualTo(50);
                subjects(store, EventQuery.all().after(events + 49));
                assertThat(disk.bytes).as("reading the end reads the end").isLessThanOrEqualTo(segmentBytes + 40);
            }
        }
    }

    @Test
    void theFactoryIsFoundByItsNameOnTheClassPathAndOnTheModulePath() throws IOException {
        getClass().getModule().addUses(StoreFactory.class);
        assertThat(ServiceLoader.load(StoreFactory.class, JsonStoreFactory.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get).map(StoreFactory::name)).containsOnlyOnce("json");
        try (InputStream services = JsonStoreFactory.class.getResourceAsStream("/META-INF/services/dev.autosync.spi.StoreFactory")) {
            assertThat(services).hasBinaryContent((JsonStoreFactory.class.getName() + "\n").getBytes());
        }
    }

    @Test
    void settingsOutOfRangeAreRefusedAndAllKnownOnesAreAskedFor() {
        MapSettings settings = MapSettings.of(Map.of("segmentBytes", 4095));
        assertThatThrownBy(() -> new JsonStoreFactory().open(temp, settings)).isInstanceOf(AutoSyncException.class)
                .hasMessageContaining("segmentBytes");
        assertThat(settings.neverAskedFor()).isEmpty();
    }

    private static final class CountingDisk extends Disk {
        private long bytes;
        private int forced;

        @Override
        InputStream read(Path file, long from) throws IOException {
            return new FilterInputStream(super.read(file, from)) {
                @Override
                public int read() throws IOException {
                    bytes++;
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = super.read(into, offset, length);
                    bytes += Math.max(0, read);
                    return read;
                }
            };
        }

        @Override
        void force(RandomAccessFile file) throws IOException {
            forced++;
            super.force(file);
        }
    }
}
