package dev.autosync.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What several processes say about one lock, put together.
 *
 * @param times from each release to the next acquisition
 * @param toItself how many of them were to the process that had it before
 */
record Handoffs(Samples times, int toItself) {

    /**
     * A time during which a process had the lock.
     *
     * @param process its number
     * @param acquired read from the clock after it was acquired
     * @param released read before it was given back
     */
    record Held(int process, long acquired, long released) {}

    /**
     * Puts them into their order.
     *
     * @param all in any order
     * @param from what was released before this does not count
     * @param to what was released after this does not count either
     * @throws IllegalStateException if two had the lock at the same time
     */
    static Handoffs of(Collection<Held> all, long from, long to) {
        // By difference: the clock may wrap around.
        List<Held> ordered = all.stream().sorted(Comparator.comparingLong(held -> held.acquired() - from)).toList();
        Samples times = new Samples();
        int toItself = 0;
        for (int i = 1; i < ordered.size(); i++) {
            Held before = ordered.get(i - 1);
            Held next = ordered.get(i);
            long nanos = next.acquired() - before.released();
            if (nanos < 0) {
                throw new IllegalStateException("process " + next.process() + " acquired the lock " + -nanos + " ns before process "
                        + before.process() + " released it");
            }
            if (before.released() - from >= 0 && before.released() - to <= 0) {
                times.add(Duration.ofNanos(nanos));
                toItself += next.process() == before.process() ? 1 : 0;
            }
        }
        return new Handoffs(times, toItself);
    }
}
