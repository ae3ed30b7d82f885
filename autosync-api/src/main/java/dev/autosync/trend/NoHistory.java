package dev.autosync.trend;

import java.util.List;
import java.util.OptionalDouble;

/** What a history without any event shows. */
final class NoHistory implements TrendReport {
    static final NoHistory INSTANCE = new NoHistory();

    private NoHistory() {}

    @Override
    public int cycles() {
        return 0;
    }

    @Override
    public OptionalDouble successRate01() {
        return OptionalDouble.empty();
    }

    @Override
    public List<Trend> trends() {
        return List.of();
    }

    @Override
    public List<Kpi> kpis() {
        return List.of();
    }

    @Override
    public OptionalDouble kpiScore01() {
        return OptionalDouble.empty();
    }

    @Override
    public List<FlakyTest> flakyTests() {
        return List.of();
    }

    @Override
    public List<Alert> alerts() {
        return List.of();
    }
}
