package dev.autosync.store.sqlite;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A process of its own that appends so many times, or until it is killed, and says what was acknowledged. */
final class Appender {
    private Appender() {}

    public static void main(String[] args) {
        long token = Long.parseLong(args[1]);
        Random random = new Random(token);
        try (Store store = StoreFixture.open(Path.of(args[0]))) {
            for (int i = Integer.parseInt(args[2]); i > 0; i--) {
                int size = 1 + random.nextInt(4);
                List<Event> batch = new ArrayList<>();
                for (int k = 0; k < size; k++) {
                    batch.add(Event.of("cycle", "kind", k + "/" + size, Instant.EPOCH, Map.of(), "\"" + "x".repeat(random.nextInt(3000)) + "\""));
                }
                System.out.println(store.append(new FencingToken(token), batch));
                System.out.flush();
            }
        } catch (StoreException e) {
            System.out.println(e.code());
        }
    }
}
