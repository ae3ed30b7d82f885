package dev.autosync.bench.store;

import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.WorkFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** How many durable appends a second there are, by one writer, by eight, and in batches. The sides take turns: the disk is not always the same. */
final class DurableAppends {
    private static final int WRITERS = 8;
    private static final int BATCH = 1000;

    private final WorkFolder folder;
    private final Map<String, Peer.Opener> peers;
    private final int rounds;
    private final Duration turn;
    private int folders;

    DurableAppends(WorkFolder folder, Map<String, Peer.Opener> peers, boolean quick) {
        this.folder = folder;
        this.peers = peers;
        this.rounds = quick ? 2 : 7;
        this.turn = Duration.ofMillis(quick ? 350 : 1500);
    }

    void run(Consumer<Figure> figures) throws Exception {
        measure("durable-append-1", 1, 1, figures);
        measure("durable-append-8", WRITERS, 1, figures);
        measure("batch-1000", 1, BATCH, figures);
    }

    private void measure(String caseName, int writers, int batch, Consumer<Figure> figures) throws Exception {
        Map<String, Samples> rates = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, Peer.Opener> peer : peers.entrySet()) {
                Path place = folder.resolve("durable" + folders++);
                try (Peer history = peer.getValue().open(place)) {
                    double rate = rate(history, writers, batch);
                    if (round >= 0) {
                        rates.computeIfAbsent(peer.getKey(), name -> new Samples()).add(rate);
                    }
                }
                WorkFolder.deleteLarge(place);
            }
        }
        rates.forEach((who, samples) -> {
            figures.accept(new Figure(StoreBench.NAME, caseName, who, "per_s", samples.median(), "1/s"));
            figures.accept(new Figure(StoreBench.NAME, caseName, who, "best_per_s", samples.max(), "1/s"));
        });
    }

    /** Events a second. */
    private double rate(Peer history, int writers, int batch) throws Exception {
        AtomicLong next = new AtomicLong();
        history.append(next.getAndAdd(batch), batch);
        long before = next.get();
        long start = System.nanoTime();
        long end = start + turn.toNanos();
        Callable<Void> writer = () -> {
            while (System.nanoTime() < end) {
                long from = next.getAndAdd(batch);
                history.append(from, from + batch);
            }
            return null;
        };
        if (writers == 1) {
            writer.call();
        } else {
            together(writer, writers);
        }
        return (next.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static void together(Callable<Void> writer, int writers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(writer);
            }
            for (Future<Void> done : pool.invokeAll(all)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
