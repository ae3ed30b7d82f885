package dev.autosync.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = Integer.getInteger("autosync.kills", 4);

    @TempDir
    Path temp;

    @Test
    @Timeout(120)
    void everyEventThatAProcessAcknowledgedBeforeItWasKilledIsThere() throws Exception {
        Path directory = temp.resolve("store");
        Random random = new Random(1);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendUntilKilled(Appender.class, directory, kill, 1 + random.nextInt(30));
            try (Store store = StoreFixture.open(directory)) {
                List<StoredEvent> events = store.read(EventQuery.all());
                // One append may have ended without having been heard of.
                assertThat((long) events.size()).as("kill %d", kill).isBetween(acknowledged, acknowledged + 4);
                assertWholeAppends(events);
            }
        }
    }

    @Test
    @Timeout(120)
    void aProcessThatWasKilledWhileItCompactedHasLostNothingThatWasToStay() throws Exception {
        Path directory = temp.resolve("store");
        Random random = new Random(2);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendUntilKilled(CompactingAppender.class, directory, kill, 1 + random.nextInt(20));
            try (Store store = StoreFixture.open(directory)) {
                List<StoredEvent> stays = store.read(EventQuery.all().kind(CompactingAppender.STAYS));
                long last = stays.get(stays.size() - 1).sequence();
                assertThat(last).as("kill %d", kill).isBetween(acknowledged, acknowledged + 2);
                assertThat(stays).extracting(StoredEvent::sequence).isEqualTo(LongStream.rangeClosed(1, last / 2).mapToObj(i -> 2 * i).toList());
                assertThat(store.rollup(RollupQuery.of(CompactingAppender.GOES))).extracting(Rollup::count).containsExactly(last / 2);
                assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
            }
        }
    }

    /** Kills at no particular moment of the append that follows the one last heard of. */
    private long appendUntilKilled(Class<?> main, Path directory, int token, int acknowledgements) throws Exception {
        long last = 0;
        try (Child child = Child.start(temp.resolve("errors"), main, directory, token)) {
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
