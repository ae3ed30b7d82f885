package dev.autosync.core.trend;

import dev.autosync.trend.AlertRule;
import dev.autosync.trend.TrendAnalyzer;
import java.util.List;
import java.util.Optional;

/** Behind {@link TrendAnalyzer#builder()}. */
public final class AnalyzerBuilder implements TrendAnalyzer.Builder {
    /** How many cycles are looked at unless said otherwise. */
    public static final int CYCLES = 200;

    /* The slopes between all pairs of 2,000 values take 16 MB; of 10,000 they would take 400. */
    private static final int MOST_CYCLES = 2_000;

    private Optional<List<AlertRule>> rules = Optional.empty();
    private int cycles = CYCLES;
    private double significance = 0.05;

    /** A builder with the values of {@link TrendAnalyzer#standard()}. */
    public AnalyzerBuilder() {}

    @Override
    public AnalyzerBuilder cycles(int count) {
        if (count < 1 || count > MOST_CYCLES) {
            throw new IllegalArgumentException("count must be 1 to " + MOST_CYCLES + ", was " + count);
        }
        cycles = count;
        return this;
    }

    @Override
    public AnalyzerBuilder significance(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be more than 0 and less than 1, was " + level);
        }
        significance = level;
        return this;
    }

    @Override
    public AnalyzerBuilder alerts(List<AlertRule> rules) {
        this.rules = Optional.of(List.copyOf(rules));
        return this;
    }

    @Override
    public TrendAnalyzer build() {
        return new HistoryAnalyzer(cycles, significance, rules);
    }
}
