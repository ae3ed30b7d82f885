package dev.autosync.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times of the same work, done several times. */
final class Samples {
    private final List<Double> millis = new ArrayList<>();

    void add(Duration duration) {
        millis.add(duration.toNanos() / 1e6);
    }

    void addNanosSince(long start) {
        add(Duration.ofNanos(System.nanoTime() - start));
    }

    double median() {
        List<Double> sorted = millis.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return millis.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
