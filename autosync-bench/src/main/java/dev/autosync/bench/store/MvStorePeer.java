package dev.autosync.bench.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalLong;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's key-value store: a map from numbers to lines of JSON, committed and forced with each append. It has no aggregates: a trend reads what is new enough. */
final class MvStorePeer implements Peer {
    private final SampleHistory history;
    private final MVStore store;
    private final MVMap<Long, String> events;

    private MvStorePeer(Path folder, SampleHistory history) throws Exception {
        this.history = history;
        Files.createDirectories(folder);
        this.store = new MVStore.Builder().fileName(folder.resolve("events.mv").toString()).autoCommitDisabled().open();
        this.events = store.openMap("events");
    }

    static Opener keeping(SampleHistory history) {
        return folder -> new MvStorePeer(folder, history);
    }

    @Override
    public synchronized void append(long from, long to) {
        long next = events.isEmpty() ? 0 : events.lastKey() + 1;
        for (long number = from; number < to; number++) {
            events.append(next++, Lines.of(history, number));
        }
        store.commit();
        store.sync();
    }

    @Override
    public long millis(long number) {
        return Lines.millis(String.valueOf(events.get(number)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Trend trend() {
        TrendSum sum = new TrendSum();
        long first = firstAtOrAfter(SampleHistory.LAST_90_DAYS.toEpochMilli());
        Iterator<Long> keys = events.keyIterator(first);
        while (keys.hasNext()) {
            sum.add(String.valueOf(events.get(keys.next())).getBytes(StandardCharsets.UTF_8));
        }
        return sum.trend();
    }

    /** Times rise with numbers here. */
    private long firstAtOrAfter(long time) {
        long low = 0;
        long high = events.sizeAsLong();
        while (low < high) {
            long middle = (low + high) / 2;
            if (Lines.time(String.valueOf(events.get(middle)).getBytes(StandardCharsets.UTF_8)) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public OptionalLong last() {
        return OptionalLong.of(events.lastKey());
    }

    @Override
    public void close() {
        store.close();
    }
}
