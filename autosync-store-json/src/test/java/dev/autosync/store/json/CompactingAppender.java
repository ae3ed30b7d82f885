package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Retention;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A process of its own that appends pairs of events, one that may go and one that stays, and compacts now and then, until it is killed. */
final class CompactingAppender {
    static final String GOES = "goes";
    static final String STAYS = "stays";
    private static final int ENOUGH = 100_000;
    private static final Retention RETENTION = Retention.dropping(Instant.EPOCH.plusSeconds(86_400), Set.of(GOES));

    private CompactingAppender() {}

    public static void main(String[] args) throws InterruptedException {
        FencingToken token = new FencingToken(Long.parseLong(args[1]));
        Random random = new Random(token.value());
        try (JsonStore store = JsonStore.open(Path.of(args[0]), 8 << 10, new Disk(), true)) {
            for (int i = 0; i < ENOUGH; i++) {
                String payload = "\"" + "x".repeat(random.nextInt(1000)) + "\"";
                System.out.println(store.append(token, List.of(Event.of("c", GOES, "s", Instant.EPOCH, Map.of(), payload),
                        Event.of("c", STAYS, "s", Instant.EPOCH, Map.of(), payload))));
                System.out.flush();
                if (random.nextInt(3) == 0) {
                    store.maintenance().orElseThrow().compact(token, RETENTION);
                }
            }
        }
    }
}
