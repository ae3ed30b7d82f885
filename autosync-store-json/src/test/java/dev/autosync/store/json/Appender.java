package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A process of its own that appends until it is killed, and says what was acknowledged. */
final class Appender {
    private static final int ENOUGH = 100_000;

    private Appender() {}

    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[1]));
        try (JsonStore store = JsonStore.open(Path.of(args[0]), 64 << 10, new Disk(), true)) {
            for (int i = 0; i < ENOUGH; i++) {
                int size = 1 + random.nextInt(4);
                List<Event> batch = new ArrayList<>();
                for (int k = 0; k < size; k++) {
                    batch.add(Event.of("cycle", "kind", k + "/" + size, Instant.EPOCH, Map.of(),
                            "\"" + "x".repeat(random.nextInt(3000)) + "\""));
                }
                System.out.println(store.append(new FencingToken(Long.parseLong(args[1])), batch));
                System.out.flush();
            }
        }
    }
}
