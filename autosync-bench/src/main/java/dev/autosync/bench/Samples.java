package dev.autosync.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measurements of the same work, done several times: of times, in milliseconds. */
public final class Samples {
    private final List<Double> values = new ArrayList<>();

    public void add(Duration duration) {
        add(duration.toNanos() / 1e6);
    }

    public void add(double value) {
        values.add(value);
    }

    public void addNanosSince(long start) {
        add(Duration.ofNanos(System.nanoTime() - start));
    }

    public int size() {
        return values.size();
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    public double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The least value that is not exceeded by a share of all (nearest rank).
     *
     * @param percent of all, above 0, at most 100
     */
    public double percentile(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be above 0 and at most 100, was " + percent);
        }
        return sorted().get((int) Math.ceil(percent / 100 * values.size()) - 1);
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private List<Double> sorted() {
        return values.stream().sorted().toList();
    }
}
