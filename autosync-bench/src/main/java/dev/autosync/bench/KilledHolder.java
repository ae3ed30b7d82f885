package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A process that holds the lock is killed while another one waits for it. */
final class KilledHolder implements HandoffBench.Case {
    private static final String CASE = "sigkill";

    /** Until the other one waits for sure. */
    private static final Duration BEFORE_THE_KILL = Duration.ofMillis(30);

    /** Whoever has not got the lock by then will not get it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public void run(boolean quick, WorkFolder folder, Consumer<Figure> figures) throws IOException {
        for (ProcessLockPeer peer : ProcessLockPeer.values()) {
            Path place = Files.createDirectories(folder.resolve(CASE + "-" + peer.who()));
            Samples times = new Samples();
            Samples deaths = new Samples();
            int killed = measure(peer, place, quick ? 10 : 100, times, deaths);
            if (times.size() < killed) {
                System.err.println(HandoffBench.NAME + ": " + CASE + " " + peer.who() + ": not taken again within " + PATIENCE
                        + " after its holder was killed, hence no figure");
                continue;
            }
            System.err.println(HandoffBench.NAME + ": " + CASE + " " + peer.who() + ": taken again after each of " + killed
                    + " kills; the holder's end took the system " + deaths.median() + " ms, at most " + deaths.max() + " ms");
            figures.accept(new Figure(HandoffBench.NAME, CASE, peer.who(), "reacquire_ms", times.median(), "ms"));
            figures.accept(new Figure(HandoffBench.NAME, CASE, peer.who(), "max_reacquire_ms", times.max(), "ms"));
        }
    }

    /**
     * How often a holder was killed: as often as wanted, or until nobody has got the lock afterwards.
     *
     * @param times takes the times from the kill until the lock was taken again
     * @param deaths takes the times from the kill until the process had ended, a part of the others that no lock can make shorter
     */
    private static int measure(ProcessLockPeer peer, Path place, int kills, Samples times, Samples deaths) throws IOException {
        try (LockProcess waiter = LockProcess.start(peer, place).ready()) {
            for (int i = 1; i <= kills; i++) {
                try (LockProcess holder = LockProcess.start(peer, place).ready()) {
                    holder.take(PATIENCE);
                    if (holder.taken().isEmpty()) {
                        throw new IllegalStateException("a lock that nobody has was not to be had");
                    }
                    waiter.take(PATIENCE);
                    LockSupport.parkNanos(BEFORE_THE_KILL.toNanos());
                    CompletableFuture<Long> ended = holder.ended();
                    long kill = System.nanoTime();
                    holder.kill();
                    OptionalLong taken = waiter.taken();
                    if (taken.isEmpty()) {
                        return i;
                    }
                    if (taken.getAsLong() - kill < 0) {
                        throw new IllegalStateException("the lock was taken while its holder lived");
                    }
                    times.add(Duration.ofNanos(taken.getAsLong() - kill));
                    deaths.add(Duration.ofNanos(ended.join() - kill));
                    waiter.give();
                }
            }
        }
        return kills;
    }
}
