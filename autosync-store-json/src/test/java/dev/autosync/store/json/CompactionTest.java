package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.UNFORCED;
import static dev.autosync.store.json.StoreFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Retention OLD_TWOS = Retention.dropping(START.plusSeconds(3 * 86_400), Set.of("kind-2"));

    @TempDir
    Path temp;

    /** Appends, compacts and opens stores at random, and compares each answer with what a list of the events says. */
    @Test
    void whateverIsRemovedTheRestStaysAsItWas() throws Exception {
        for (int seed = 0; seed < Integer.getInteger("autosync.histories", 4); seed++) {
            Random random = new Random(seed);
            Path directory = temp.resolve("store-" + seed);
            List<StoredEvent> all = new ArrayList<>();
            List<StoredEvent> model = new ArrayList<>();
            JsonStore[] stores = {open(directory), open(directory)};
            for (int step = 0; step < 30; step++) {
                JsonStore store = stores[random.nextInt(2)];
                int action = random.nextInt(10);
                if (action < 7) {
                    List<Event> events = events(random, 1 + random.nextInt(30));
                    long last = store.append(TOKEN, events);
                    for (int i = 0; i < events.size(); i++) {
                        StoredEvent stored = new StoredEvent(last - events.size() + 1 + i, TOKEN, events.get(i));
                        all.add(stored);
                        model.add(stored);
                    }
                } else if (action < 9) {
                    Retention retention = Retention.dropping(START.plusSeconds(random.nextInt(10) * 86_400L),
                            new HashSet<>(List.of("kind-" + random.nextInt(3), "kind-" + random.nextInt(3))));
                    StoredEvent end = model.isEmpty() ? null : model.get(model.size() - 1);
                    List<StoredEvent> dropped = model.stream().filter(e -> retention.drops(e.event()) && !e.equals(end)).toList();
                    Compaction done = maintenance(store).compact(TOKEN, retention);
                    assertThat(done.removed()).as("seed %d, step %d", seed, step).isEqualTo(dropped.size());
                    model.removeAll(dropped);
                } else {
                    int which = random.nextInt(2);
                    stores[which].close();
                    stores[which] = open(directory);
                }
                compare(stores[random.nextInt(2)], model, all, random, "seed " + seed + ", step " + step);
            }
            assertThat(maintenance(stores[0]).check().problems()).as("seed %d", seed).isEmpty();
            assertThat(maintenance(stores[0]).check().events()).isEqualTo(model.size());
        }
    }

    private static void compare(JsonStore store, List<StoredEvent> model, List<StoredEvent> all, Random random, String what) {
        assertThat(store.read(EventQuery.all())).as(what).isEqualTo(model);
        int after = random.nextInt(all.size() + 1);
        int limit = 1 + random.nextInt(20);
        for (EventQuery query : List.of(EventQuery.all().after(after), EventQuery.all().kind("kind-1").after(after),
                EventQuery.all().since(START.plusSeconds(86_400 * 2)).until(START.plusSeconds(86_400 * 5)))) {
            List<StoredEvent> matching = model.stream().filter(query::matches).toList();
            assertThat(store.read(query.limit(limit))).as(what).isEqualTo(matching.stream().limit(limit).toList());
            assertThat(store.read(query.latest(limit))).as(what)
                    .isEqualTo(matching.subList(Math.max(0, matching.size() - limit), matching.size()));
        }
        for (int kind = 0; kind < 3; kind++) {
            for (RollupQuery query : List.of(RollupQuery.of("kind-" + kind), RollupQuery.of("kind-" + kind).number("n").per(Resolution.HOUR))) {
                assertThat(store.rollup(query)).as(what).isEqualTo(RollupTest.scanned(all, query));
            }
        }
    }

    @Test
    void removesOldEventsOfTheKindsThatMayGoAndGivesTheRoomBack() throws Exception {
        Path directory = temp.resolve("store");
        try (JsonStore store = open(directory)) {
            fill(store, 1000);
            List<StoredEvent> before = store.read(EventQuery.all());
            List<KindRollup> hours = maintenance(store).hours();
            Compaction done = maintenance(store).compact(TOKEN, OLD_TWOS);
            List<StoredEvent> expected = before.stream().filter(e -> !OLD_TWOS.drops(e.event())).toList();
            assertThat(done.removed()).isEqualTo(before.size() - expected.size()).isPositive();
            assertThat(done.bytesAfter()).isLessThan(done.bytesBefore());
            assertThat(store.read(EventQuery.all())).isEqualTo(expected);
            assertThat(maintenance(store).compactedUpTo()).isEqualTo(before.stream().filter(e -> OLD_TWOS.drops(e.event()))
                    .mapToLong(StoredEvent::sequence).max().orElseThrow());
            assertThat(maintenance(store).hours()).isEqualTo(hours);
            assertThat(maintenance(store).compact(TOKEN, OLD_TWOS).removed()).as("the second time").isZero();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void theLastEventStaysAndNumbersGoOnBehindIt() throws Exception {
        try (JsonStore store = open(temp)) {
            for (int i = 0; i < 3; i++) {
                store.append(TOKEN, List.of(Event.of("c", "kind-2", "s" + i, START, Map.of(), "{}")));
            }
            assertThat(maintenance(store).compact(TOKEN, OLD_TWOS).removed()).isEqualTo(2);
            assertThat(StoreFixture.subjects(store)).containsExactly("s2");
            assertThat(segment(temp, 1)).doesNotExist();
        }
        try (JsonStore store = open(temp)) {
            assertThat(store.lastToken()).contains(TOKEN);
            assertThat(store.append(TOKEN, List.of(Event.of("c", "kind-2", "s3", START, Map.of(), "{}")))).isEqualTo(4);
            assertThat(maintenance(store).compact(TOKEN, OLD_TWOS).removed()).isEqualTo(1);
            assertThat(store.read(EventQuery.all())).extracting(StoredEvent::sequence).containsExactly(4L);
        }
    }

    @Test
    void aStaleTokenRemovesNothingAndAnInterruptNeither() throws Exception {
        try (JsonStore store = open(temp)) {
            fill(store, 100);
            List<StoredEvent> before = store.read(EventQuery.all());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> maintenance(store).compact(TOKEN, OLD_TWOS)).isInstanceOf(InterruptedException.class);
            assertThat(store.read(EventQuery.all())).isEqualTo(before);
            store.grant(new FencingToken(7));
            assertThatThrownBy(() -> maintenance(store).compact(TOKEN, OLD_TWOS)).isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_STALE_TOKEN);
            assertThat(store.read(EventQuery.all())).isEqualTo(before);
        }
    }

    /** Fails call n of a compaction, for n = 1, 2, 3, ... until one ends without a failure. */
    @Test
    void whateverCallFailsAllIsThereThatWasToStay() throws Exception {
        Path full = temp.resolve("full");
        List<StoredEvent> before;
        try (JsonStore store = open(full)) {
            fill(store, 120);
            before = store.read(EventQuery.all());
        }
        List<StoredEvent> after = before.stream().filter(e -> !OLD_TWOS.drops(e.event())).toList();
        boolean failed = true;
        int olds = 0;
        int inBetween = 0;
        for (int n = 1; failed; n++) {
            Path directory = copy(full, temp.resolve("n" + n));
            FailingDisk disk = new FailingDisk(n);
            try (JsonStore store = JsonStore.open(directory, 4096, disk, true)) {
                maintenance(store).compact(TOKEN, OLD_TWOS);
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            }
            failed = disk.failed();
            try (JsonStore store = open(directory)) {
                List<StoredEvent> there = store.read(EventQuery.all());
                assertThat(there).as("call %d", n).containsAll(after).isSubsetOf(before).doesNotHaveDuplicates();
                olds += there.equals(before) ? 1 : 0;
                inBetween += there.equals(before) || there.equals(after) ? 0 : 1;
                assertThat(store.append(TOKEN, events(new Random(n), 1))).isEqualTo(before.size() + 1L);
                assertThat(maintenance(store).check().problems()).isEmpty();
                maintenance(store).compact(TOKEN, OLD_TWOS);
                assertThat(store.read(EventQuery.all().limit(after.size()))).isEqualTo(after);
            }
            assertThat(strangers(directory)).as("call %d", n).isEmpty();
        }
        assertThat(olds).as("failures before the first step has ended").isGreaterThan(10);
        assertThat(inBetween).as("failures between two steps").isGreaterThan(10);
    }

    /** Files that no store needs. */
    private static List<String> strangers(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).filter(name -> name.endsWith(".tmp") || name.contains("-g") && name
                    .startsWith("rollups") && !Files.exists(directory.resolve(name.replace("rollups", "events")))).toList();
        }
    }

    @Test
    void aReadThatIsUnderWayEndsWithWhatItBeganWithOrWithWhatIsLeft() throws Exception {
        try (JsonStore writer = open(temp)) {
            fill(writer, 300);
            List<StoredEvent> before = writer.read(EventQuery.all());
            List<StoredEvent> after = before.stream().filter(e -> !OLD_TWOS.drops(e.event())).toList();
            int[] reads = {0};
            Disk compactsInBetween = new Disk() {
                @Override
                InputStream read(Path file, long from) throws IOException {
                    reads[0]++;
                    if (reads[0] == 6) {
                        try {
                            maintenance(writer).compact(TOKEN, OLD_TWOS);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return super.read(file, from);
                }
            };
            try (JsonStore reader = JsonStore.open(temp, 4096, compactsInBetween, true)) {
                assertThat(reader.read(EventQuery.all())).isEqualTo(after);
                assertThat(reads[0]).isGreaterThan(6);
            }
        }
    }

    @Test
    void aBackupIsAStoreOfItsOwnAndTheFolderStaysEmptyIfItFails() throws Exception {
        Path directory = temp.resolve("store");
        try (JsonStore store = open(directory)) {
            fill(store, 200);
            maintenance(store).compact(TOKEN, OLD_TWOS);
            fill(store, 20);
            List<StoredEvent> all = store.read(EventQuery.all());
            List<KindRollup> hours = maintenance(store).hours();
            Path empty = Files.createDirectory(temp.resolve("empty"));
            for (Path target : List.of(temp.resolve("backup/of/store"), empty)) {
                maintenance(store).backup(target);
                try (JsonStore copy = open(target)) {
                    assertThat(copy.read(EventQuery.all())).isEqualTo(all);
                    assertThat(maintenance(copy).hours()).isEqualTo(hours);
                    assertThat(copy.lastToken()).isEqualTo(store.lastToken());
                    assertThat(copy.append(TOKEN, events(new Random(1), 1))).isEqualTo(221);
                }
            }
            assertThatThrownBy(() -> maintenance(store).backup(empty)).hasMessageContaining("not empty");
        }
        Path backups = temp.resolve("backups");
        boolean failed = true;
        for (int n = 1; failed; n++) {
            FailingDisk disk = new FailingDisk(n);
            Path target = backups.resolve("n" + n);
            try (JsonStore store = JsonStore.open(directory, 4096, disk, true)) {
                maintenance(store).backup(target);
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            }
            failed = disk.failed();
            if (Files.exists(target)) {
                try (JsonStore copy = open(target)) {
                    assertThat(maintenance(copy).check().problems()).as("call %d", n).isEmpty();
                }
            }
        }
        try (Stream<Path> files = Files.list(backups)) {
            assertThat(files.filter(f -> f.toString().contains("partial"))).isEmpty();
        }
    }

    @Test
    void aCompactedHistoryIsRestoredInOneStepWhateverCallFails() throws Exception {
        List<StoredEvent> all;
        List<KindRollup> hours;
        long upTo;
        try (JsonStore store = open(temp.resolve("store"))) {
            fill(store, 150);
            maintenance(store).compact(TOKEN, OLD_TWOS);
            all = store.read(EventQuery.all());
            hours = maintenance(store).hours();
            upTo = maintenance(store).compactedUpTo();
        }
        boolean failed = true;
        for (int n = 1; failed; n++) {
            Path directory = temp.resolve("restored-" + n);
            FailingDisk disk = new FailingDisk(n);
            try (JsonStore store = JsonStore.open(directory, 4096, disk, true)) {
                maintenance(store).restore(new CompactedHistory(upTo, all.iterator(), hours));
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            }
            failed = disk.failed();
            try (JsonStore store = open(directory)) {
                List<StoredEvent> there = store.read(EventQuery.all());
                assertThat(there).as("call %d", n).isIn(List.of(), all);
                if (there.isEmpty()) {
                    maintenance(store).restore(new CompactedHistory(upTo, all.iterator(), hours));
                }
                assertThat(store.read(EventQuery.all())).isEqualTo(all);
                assertThat(maintenance(store).hours()).isEqualTo(hours);
                assertThat(maintenance(store).compactedUpTo()).isEqualTo(upTo);
                assertThat(store.append(TOKEN, events(new Random(1), 1))).isEqualTo(151);
                assertThatThrownBy(() -> maintenance(store).restore(new CompactedHistory(upTo, all.iterator(), hours)))
                        .hasMessageContaining("it is not empty");
            }
        }
    }

    @Test
    void aFlippedBitOfTheFileThatNamesTheOthersIsFound() throws Exception {
        try (JsonStore store = open(temp)) {
            fill(store, 60);
            maintenance(store).compact(TOKEN, OLD_TWOS);
        }
        Path named = temp.resolve("compacted.jsonl");
        byte[] whole = Files.readAllBytes(named);
        for (int i = 0; i < whole.length; i += Integer.getInteger("autosync.flipStride", 29)) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Files.write(named, flipped);
            try (JsonStore store = open(temp)) {
                assertThat(maintenance(store).check().sound()).as("byte %d", i).isFalse();
            } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_DAMAGED);
            }
        }
    }

    @Test
    void theLossOfTheFileThatNamesTheOthersIsNoEmptyHistory() throws Exception {
        Path directory = temp.resolve("store");
        try (JsonStore store = open(directory)) {
            fill(store, 60);
            maintenance(store).compact(TOKEN, OLD_TWOS);
        }
        Path named = directory.resolve("compacted.jsonl");
        Path aside = Files.move(named, temp.resolve("aside"));
        assertThatThrownBy(() -> open(directory)).isInstanceOf(StoreException.class).hasMessageContaining("compacted.jsonl:1: the file is missing");
        Files.move(aside, named);
        try (JsonStore store = open(directory)) {
            assertThat(maintenance(store).check().problems()).isEmpty();
        }
    }

    @Test
    void whoOpensAStoreWithoutThatFileRemovesNothing() throws Exception {
        try (JsonStore store = open(temp)) {
            for (int i = 0; i < 100; i++) {
                // Those of the first segment all stay, so that it is not written anew.
                String kind = i < 30 || i % 2 == 0 ? "kind-1" : "kind-2";
                store.append(TOKEN, List.of(Event.of("cycle", kind, "", START, Map.of(), "\"" + "x".repeat(100) + "\"")));
            }
            maintenance(store).compact(TOKEN, OLD_TWOS);
        }
        assertThat(segment(temp, 1)).exists();
        Files.delete(temp.resolve("compacted.jsonl"));
        List<String> files = new Segments(temp).names();
        assertThatThrownBy(() -> {
            try (JsonStore store = open(temp)) {
                store.grant(TOKEN);
            }
        }).isInstanceOf(StoreException.class).hasMessageContaining("compacted.jsonl:1: the file is missing");
        assertThat(new Segments(temp).names()).containsAll(files);
    }

    @Test
    void aCompactionByAnotherProcessWhileAStoreLooksAtItsFilesIsNoDamage() throws Exception {
        try (JsonStore other = open(temp)) {
            fill(other, 10);
            boolean[] armed = {false};
            Disk slow = new Disk() {
                @Override
                InputStream read(Path file, long from) throws IOException {
                    if (armed[0] && file.getFileName().toString().startsWith("events-")) {
                        armed[0] = false;
                        try {
                            assertThat(maintenance(other).compact(TOKEN, OLD_TWOS).removed()).isPositive();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return super.read(file, from);
                }
            };
            try (JsonStore store = JsonStore.open(temp, 4096, slow, true)) {
                other.append(TOKEN, events(new Random(1), 3));
                RollupQuery query = RollupQuery.of("kind-2");
                List<Rollup> before = other.rollup(query);
                armed[0] = true;
                assertThat(store.rollup(query)).isEqualTo(before);
                assertThat(armed[0]).isFalse();
            }
        }
    }

    @Test
    void aLossIsNotTakenForSomethingThatWasRemoved() throws Exception {
        try (JsonStore store = open(temp)) {
            fill(store, 300);
        }
        Files.delete(segment(temp, 2));
        Files.deleteIfExists(temp.resolve("rollups-000002.jsonl"));
        try (JsonStore store = open(temp)) {
            assertThatThrownBy(() -> maintenance(store).compact(TOKEN, OLD_TWOS)).isInstanceOf(StoreException.class);
            assertThat(maintenance(store).check().problems()).anyMatch(problem -> problem.contains("missing"));
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static void fill(JsonStore store, int count) {
        Random random = new Random(count);
        for (int left = count; left > 0; left -= 10) {
            store.append(TOKEN, events(random, Math.min(10, left)));
        }
    }

    private static List<Event> events(Random random, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Event.of("cycle", "kind-" + random.nextInt(3), "subject-" + random.nextInt(5), START.plusSeconds(random.nextInt(7 * 86_400)),
                    random.nextBoolean() ? Map.of("n", (double) random.nextInt(100)) : Map.of(), "{\"text\": \"" + "x".repeat(random.nextInt(80)) + "\"}"));
        }
        return events;
    }

    private static StoreMaintenance maintenance(JsonStore store) {
        return store.maintenance().orElseThrow();
    }

    private static JsonStore open(Path directory) {
        return JsonStore.open(directory, 4096, UNFORCED, true);
    }
}
