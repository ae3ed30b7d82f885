package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.UNFORCED;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.lineEnds;
import static dev.autosync.store.json.StoreFixture.open;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static dev.autosync.store.json.StoreFixture.torn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends of several threads that are written together. */
class GroupCommitTest {
    private static final int WAITING = 4;

    @TempDir
    Path temp;

    private final ExecutorService threads = Executors.newFixedThreadPool(WAITING + 1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void appendsThatWaitForOneAnotherAreForcedTogether() throws Exception {
        SlowForce disk = new SlowForce();
        try (JsonStore store = JsonStore.open(temp, StoreFixture.LARGE, disk, true)) {
            List<Long> lasts = together(store, disk, TOKEN);
            assertThat(lasts).containsExactlyInAnyOrder(1L, 3L, 5L, 7L, 9L);
            assertThat(disk.forced).as("one for the first, one for those that waited").isEqualTo(2);
            List<String> subjects = subjects(store);
            for (int i = 1; i < subjects.size(); i += 2) {
                assertThat(Integer.parseInt(subjects.get(i).substring(8)) + 1).as("an append stays together")
                        .isEqualTo(Integer.parseInt(subjects.get(i + 1).substring(8)));
            }
        }
    }

    @Test
    void aStaleTokenAmongThemIsRefusedAlone() throws Exception {
        SlowForce disk = new SlowForce();
        try (JsonStore store = JsonStore.open(temp, StoreFixture.LARGE, disk, true)) {
            store.append(new FencingToken(5), events(100, 1));
            disk.begin();
            Future<Long> first = threads.submit(() -> store.append(new FencingToken(5), events(0, 1)));
            disk.begun.await();
            Future<Long> stale = threads.submit(() -> store.append(new FencingToken(4), events(1, 1)));
            Future<Long> current = threads.submit(() -> store.append(new FencingToken(5), events(2, 1)));
            disk.go.countDown();
            assertThat(first.get()).isEqualTo(2);
            assertThat(current.get()).isEqualTo(3);
            assertThatThrownBy(stale::get).isInstanceOf(ExecutionException.class).cause().isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_STALE_TOKEN);
            assertThat(subjects(store)).containsExactly("subject-100", "subject-0", "subject-2");
        }
    }

    @Test
    void ofAWriteThatWasCutAnywhereWholeAppendsAreLeft() throws Exception {
        byte[] whole = groupOfAppends();
        List<Integer> ends = lineEnds(whole);
        for (int cut = 0; cut <= whole.length; cut += 3) {
            int length = cut;
            int lines = (int) ends.stream().filter(end -> end <= length).count();
            assertLeft(Arrays.copyOf(whole, cut), lines == 0 ? 0 : 1 + (lines - 1) / 2 * 2);
        }
    }

    @Test
    void aHoleInAWriteLeavesTheWholeAppendsBeforeIt() throws Exception {
        byte[] whole = groupOfAppends();
        List<Integer> ends = lineEnds(whole);
        for (int hole = ends.get(0); hole < whole.length - 1; hole += 11) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, hole, Math.min(hole + 40, whole.length), (byte) 0);
            int at = hole;
            int lines = (int) ends.stream().filter(end -> end <= at).count();
            assertLeft(bytes, 1 + (lines - 1) / 2 * 2);
        }
    }

    @Test
    void aHoleInAnEarlierWriteIsDamage() throws Exception {
        byte[] whole = groupOfAppends();
        Arrays.fill(whole, 10, 50, (byte) 0);
        Path directory = Files.createTempDirectory(temp, "store");
        Files.write(segment(directory, 1), whole);
        try (JsonStore store = open(directory)) {
            assertThatThrownBy(() -> store.read(EventQuery.all())).isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_DAMAGED);
        }
    }

    private void assertLeft(byte[] bytes, int events) throws IOException {
        Path directory = Files.createTempDirectory(temp, "store");
        Files.write(segment(directory, 1), bytes);
        try (JsonStore store = open(directory)) {
            assertThat(store.read(EventQuery.all())).as("%d bytes", bytes.length).extracting(StoredEvent::sequence)
                    .isEqualTo(IntStream.rangeClosed(1, events).mapToObj(Long::valueOf).toList());
            assertThat(store.append(TOKEN, events(50, 2))).isEqualTo(events + 2);
            assertThat(torn(directory)).hasSizeLessThan(2);
        }
    }

    /** One append of one event, then four of two events that were written together. */
    private byte[] groupOfAppends() throws Exception {
        Path directory = Files.createTempDirectory(temp, "group");
        SlowForce disk = new SlowForce();
        try (JsonStore store = JsonStore.open(directory, StoreFixture.LARGE, disk, true)) {
            together(store, disk, TOKEN);
        }
        return Files.readAllBytes(segment(directory, 1));
    }

    private List<Long> together(JsonStore store, SlowForce disk, FencingToken token) throws Exception {
        disk.begin();
        List<Future<Long>> appends = new ArrayList<>();
        appends.add(threads.submit(() -> store.append(token, events(0, 1))));
        disk.begun.await();
        for (int i = 0; i < WAITING; i++) {
            int from = 1 + 2 * i;
            appends.add(threads.submit(() -> store.append(token, events(from, 2))));
        }
        while (store.waiting() < WAITING) {
            Thread.onSpinWait();
        }
        disk.go.countDown();
        List<Long> lasts = new ArrayList<>();
        for (Future<Long> append : appends) {
            lasts.add(append.get());
        }
        return lasts;
    }

    /** Lets the first force wait until it is told to go on. */
    private static final class SlowForce extends Disk {
        private CountDownLatch begun = new CountDownLatch(0);
        private CountDownLatch go = new CountDownLatch(0);
        private int forced;

        void begin() {
            begun = new CountDownLatch(1);
            go = new CountDownLatch(1);
        }

        @Override
        void force(RandomAccessFile file) throws IOException {
            forced++;
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            UNFORCED.force(file);
        }
    }
}
