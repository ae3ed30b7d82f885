package dev.autosync.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = Integer.getInteger("autosync.kills", 5);
    private static final int FOR_EVER = Integer.MAX_VALUE;

    @TempDir
    Path temp;

    @Test
    @Timeout(600)
    void everyEventThatAProcessAcknowledgedBeforeItWasKilledIsThere() throws Exception {
        Path directory = temp.resolve("store");
        Random random = new Random(1);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendUntilKilled(directory, kill, 1 + random.nextInt(30));
            try (Store store = StoreFixture.open(directory)) {
                List<StoredEvent> events = store.read(EventQuery.all());
                // One append may have ended without having been heard of.
                assertThat((long) events.size()).as("kill %d", kill).isBetween(acknowledged, acknowledged + 4);
                assertWholeAppends(events);
            }
        }
    }

    @Test
    @Timeout(600)
    void aProcessThatIsKilledWhileItMakesTheStoreLeavesAWholeOneOrNone() throws Exception {
        Random random = new Random(2);
        for (int kill = 0; kill < KILLS; kill++) {
            Path directory = temp.resolve("store-" + kill);
            try (Child child = Child.start(temp.resolve("errors"), List.of(), Appender.class, directory, 1, FOR_EVER)) {
                // From before the folder is there until after the first append.
                long deadline = System.nanoTime() + random.nextInt(300) * 1_000_000L;
                while (System.nanoTime() < deadline && !StoreFixture.database(directory).toFile().exists()) {
                    Thread.onSpinWait();
                }
                child.kill();
                child.exit();
            }
            try (Store store = StoreFixture.open(directory)) {
                long events = store.read(EventQuery.all()).size();
                assertThat(store.append(StoreFixture.TOKEN, StoreFixture.events(0, 1))).isEqualTo(events + 1);
            }
        }
    }

    /** Kills at no particular moment of the append that follows the one last heard of. */
    private long appendUntilKilled(Path directory, int token, int acknowledgements) throws Exception {
        long last = 0;
        try (Child child = Child.start(temp.resolve("errors"), List.of(), Appender.class, directory, token, FOR_EVER)) {
            int heard = 0;
            for (String line = child.line(); line != null; line = child.line()) {
                last = Long.parseLong(line);
                heard++;
                if (heard == acknowledgements) {
                    child.kill();
                }
            }
            assertThat(child.errors()).isEmpty();
        }
        assertThat(last).isPositive();
        return last;
    }

    private static void assertWholeAppends(List<StoredEvent> events) {
        for (int i = 0; i < events.size();) {
            int size = Integer.parseInt(events.get(i).event().subject().substring(2));
            for (int k = 0; k < size; k++) {
                assertThat(events.get(i).event().subject()).isEqualTo(k + "/" + size);
                assertThat(events.get(i).sequence()).isEqualTo(i + 1);
                i++;
            }
        }
    }
}
