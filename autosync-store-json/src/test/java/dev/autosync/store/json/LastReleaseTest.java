package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.events;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that was written before there were rollups and compactions: segments and a token, nothing else. */
class LastReleaseTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(Path.of(LastReleaseTest.class.getResource("/last-release/store/token").toURI()).getParent())) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void itsEventsAreReadRolledUpAndCompacted() throws InterruptedException {
        List<StoredEvent> expected = written();
        try (JsonStore store = JsonStore.open(directory, 4096, new Disk(), true)) {
            assertThat(store.lastToken()).contains(new FencingToken(4));
            assertThat(store.read(EventQuery.all())).isEqualTo(expected);
            RollupQuery query = RollupQuery.of("patch").number("seconds");
            assertThat(store.rollup(query)).isEqualTo(RollupTest.scanned(expected, query)).isNotEmpty();
            Retention retention = Retention.dropping(START.plusSeconds(86_400), Set.of("test-run"));
            assertThat(store.maintenance().orElseThrow().compact(new FencingToken(4), retention).removed()).isPositive();
            assertThat(store.read(EventQuery.all())).isEqualTo(expected.stream().filter(e -> !retention.drops(e.event())).toList());
            assertThat(store.rollup(query)).isEqualTo(RollupTest.scanned(expected, query));
            assertThat(store.append(new FencingToken(4), events(0, 1))).isEqualTo(expected.size() + 1L);
        }
    }

    private static List<StoredEvent> written() {
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k <= i % 3; k++) {
                int n = i * 3 + k;
                Event event = Event.of("cycle-" + i, n % 2 == 0 ? "test-run" : "patch", "subject-" + n, START.plusSeconds(1800L * n),
                        Map.of("seconds", (double) n, "size", n * 0.5), n % 5 == 0 ? "no JSON" : "{\"n\": " + n + "}");
                events.add(new StoredEvent(events.size() + 1L, new FencingToken(3), event));
            }
        }
        return events;
    }
}
