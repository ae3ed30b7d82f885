package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Eight processes that want one lock all the time. */
final class EightProcesses implements HandoffBench.Case {
    private static final String CASE = "eight-processes";
    private static final int PROCESSES = 8;

    /** Fewer have no 99th percentile. */
    private static final int FEWEST = 100;

    @Override
    public void run(boolean quick, WorkFolder folder, Consumer<Figure> figures) throws IOException {
        for (ProcessLockPeer peer : ProcessLockPeer.values()) {
            Path place = Files.createDirectories(folder.resolve(CASE + "-" + peer.who()));
            Handoffs handoffs = measure(peer, place, quick ? Duration.ofMillis(500) : Duration.ofSeconds(3),
                    quick ? Duration.ofMillis(1_500) : Duration.ofSeconds(10));
            Samples times = handoffs.times();
            if (times.size() < FEWEST) {
                throw new IllegalStateException("only " + times.size() + " hand-offs of " + peer.who());
            }
            System.err.println(HandoffBench.NAME + ": " + CASE + " " + peer.who() + ": " + times.size() + " hand-offs, of which "
                    + handoffs.toItself() + " to the same process; longest " + times.max() + " ms");
            figures.accept(new Figure(HandoffBench.NAME, CASE, peer.who(), "p50_ms", times.percentile(50), "ms"));
            figures.accept(new Figure(HandoffBench.NAME, CASE, peer.who(), "p99_ms", times.percentile(99), "ms"));
        }
    }

    private static Handoffs measure(ProcessLockPeer peer, Path place, Duration warmUp, Duration time) throws IOException {
        List<LockProcess> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(LockProcess.start(peer, place));
            }
            for (LockProcess process : processes) {
                process.ready();
            }
            long from = System.nanoTime() + warmUp.toNanos();
            long to = from + time.toNanos();
            for (LockProcess process : processes) {
                process.pass(to);
            }
            List<Handoffs.Held> all = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                all.addAll(processes.get(i).passed(i));
            }
            return Handoffs.of(all, from, to);
        } finally {
            for (LockProcess process : processes) {
                process.close();
            }
        }
    }
}
