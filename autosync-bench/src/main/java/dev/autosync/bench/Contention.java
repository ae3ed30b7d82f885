package dev.autosync.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Clients that all want to change one thing at the same time, each of which reads its version, and writes if it is the same still; who comes
 * too late waits, and begins anew. The time is simulated.
 *
 * <p>Source: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015, and the simulator published with it: to the server and
 * back each message takes a time of the normal distribution N(10, 2) ms.
 * <p>Deterministic: the same clients and seed give the same outcome.
 */
final class Contention {
    private static final double NETWORK_MEAN_NANOS = Duration.ofMillis(10).toNanos();
    private static final double NETWORK_DEVIATION_NANOS = Duration.ofMillis(2).toNanos();

    private final SplittableRandom network;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private long eventsSoFar;
    private long version;
    private int calls;

    private Contention(SplittableRandom network) {
        this.network = network;
    }

    /**
     * What it took until every client had written.
     *
     * @param calls that reached the server: a read and a write an attempt
     * @param time from the start of all to the last answer
     */
    record Outcome(int calls, Duration time) {}

    /**
     * Lets all clients have their way.
     *
     * @param clients the delays of each
     * @param seed of the network
     */
    static Outcome of(List<RetryDelays> clients, long seed) {
        Contention contention = new Contention(new SplittableRandom(seed));
        clients.forEach(client -> contention.begin(client, 0));
        return contention.run(clients.size());
    }

    private Outcome run(int clients) {
        long last = 0;
        while (version < clients) {
            Event event = events.remove();
            calls++;
            if (event.write()) {
                long answered = event.time() + message();
                if (event.version() == version) {
                    version++;
                    last = Math.max(last, answered);
                } else {
                    begin(event.client(), answered + event.client().next());
                }
            } else {
                // The version that is read here is written two messages later.
                add(event.time() + message() + message(), event.client(), true, version);
            }
        }
        return new Outcome(calls, Duration.ofNanos(last));
    }

    private void begin(RetryDelays client, long time) {
        add(time + message(), client, false, 0);
    }

    private void add(long time, RetryDelays client, boolean write, long versionRead) {
        events.add(new Event(time, eventsSoFar++, client, write, versionRead));
    }

    private long message() {
        return Math.round(Math.abs(NETWORK_MEAN_NANOS + NETWORK_DEVIATION_NANOS * network.nextGaussian()));
    }

    /**
     * A message that reaches the server.
     *
     * @param time when, in nanoseconds
     * @param number in the order in which they were sent
     * @param client whose it is
     * @param write whether it writes; it reads otherwise
     * @param version the version that was read, if it writes
     */
    private record Event(long time, long number, RetryDelays client, boolean write, long version) {}
}
