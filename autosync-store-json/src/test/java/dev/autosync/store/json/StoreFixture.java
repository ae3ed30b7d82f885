package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events and files for the tests of this package. */
final class StoreFixture {
    static final FencingToken TOKEN = new FencingToken(1);
    static final long LARGE = 1 << 20;

    /** For the tests that open a thousand stores and cut no power. */
    static final Disk UNFORCED = new Disk() {
        @Override
        void force(RandomAccessFile file) {
            // No power is cut.
        }

        @Override
        void forceDirectory(Path directory) {
            // No power is cut.
        }
    };

    private StoreFixture() {}

    static JsonStore open(Path directory) {
        return JsonStore.open(directory, LARGE, UNFORCED, true);
    }

    static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Event.of("cycle", "kind", "subject-" + i,
                Instant.ofEpochSecond(i), Map.of("i", (double) i), "{\"i\":" + i + "}")).toList();
    }

    /** Appends one event after the other. */
    static void appendEach(Store store, int from, int count) {
        events(from, count).forEach(event -> store.append(TOKEN, List.of(event)));
    }

    static List<String> subjects(Store store) {
        return subjects(store, EventQuery.all());
    }

    static List<String> subjects(Store store, EventQuery query) {
        return store.read(query).stream().map(StoredEvent::event).map(Event::subject).toList();
    }

    static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj(i -> "subject-" + i).toList();
    }

    static Path segment(Path directory, int number) {
        return directory.resolve(String.format("events-%06d.jsonl", number));
    }

    static List<Path> torn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".torn")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The offsets behind each line. */
    static List<Integer> lineEnds(byte[] bytes) {
        return IntStream.range(0, bytes.length).filter(i -> bytes[i] == '\n').mapToObj(i -> i + 1).toList();
    }
}
