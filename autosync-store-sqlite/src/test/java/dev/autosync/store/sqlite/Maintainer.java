package dev.autosync.store.sqlite;

import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A process of its own that opens, compacts or restores a store, and says when it begins and when it is done. */
final class Maintainer {
    /** Lets every third event of the first two thousand go. */
    static final Retention RETENTION = Retention.dropping(Instant.EPOCH.plusSeconds(20 * 86_400L), Set.of("kind-1"));

    private static final int EVENTS = 3000;

    private Maintainer() {}

    /** A hundred events a day. */
    static List<Event> events() {
        return IntStream.range(0, EVENTS).mapToObj(i -> Event.of("cycle-" + i / 8, "kind-" + i % 3, "subject-" + i % 7,
                Instant.EPOCH.plusSeconds(864L * i), Map.of("i", (double) i), "\"" + "x".repeat(500) + "\"")).toList();
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        try (Store other = StoreFixture.open(Path.of(args[2]))) {
            StoreMaintenance from = other.maintenance().orElseThrow();
            // Everything is loaded and compiled before it begins.
            from.check();
            System.out.println("begin");
            System.out.flush();
            try (Store store = StoreFixture.open(directory)) {
                StoreMaintenance maintenance = store.maintenance().orElseThrow();
                switch (args[0]) {
                    case "compact" -> maintenance.compact(StoreFixture.TOKEN, RETENTION);
                    case "restore" -> maintenance.restore(new CompactedHistory(from.compactedUpTo(),
                            other.read(EventQuery.all()).iterator(), from.hours()));
                    case "migrate" -> maintenance.compactedUpTo();
                    default -> throw new IllegalArgumentException(args[0]);
                }
                System.out.println("end");
                System.out.flush();
            }
        }
    }
}
