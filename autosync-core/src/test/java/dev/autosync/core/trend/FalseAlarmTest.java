package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.Alert;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendAnalyzer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Histories in which nothing but chance moves the figures. {@code -Dautosync.histories=10000} looks at more of them. */
class FalseAlarmTest {
    private static final int HISTORIES = Integer.getInteger("autosync.histories", 400);
    private static final List<Integer> LENGTHS = List.of(12, 30, 60, 150);

    @Test
    void fewerThanThirteenHistoriesInAThousandRaiseAnyAlertByChance() {
        assertThat(shareWithAlerts(TrendAnalyzer.standard(), 0)).isLessThanOrEqualTo(0.013);
    }

    @Test
    void manyWouldIfEverySeriesHadTheWholeLevelOfATest() {
        List<AlertRule> rules = Stream.of("success", "cycle-seconds", "test-seconds", "lock-wait-seconds", "retries", "culprits", "kpi:coverage", "kpi:errors", "failures:t")
                .map(series -> AlertRule.worsening(series, 0.05)).toList();

        assertThat(shareWithAlerts(TrendAnalyzer.builder().alerts(rules).build(), 0)).isGreaterThan(0.08);
    }

    @Test
    void aRiseOfTwoDeviationsOverSixtyCyclesIsFound() {
        int found = 0;
        for (int i = 0; i < 100; i++) {
            List<Alert> alerts = TrendAnalyzer.standard().analyze(noise(60, new Random(i), 0, cycle -> cycle * 2.0 / 60).store).alerts();
            found += alerts.stream().anyMatch(alert -> alert.id().equals("worsening:cycle-seconds")) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(80);
    }

    @Test
    void aValueThatHangsOnTheOneBeforeItRaisesMore() {
        // What docs/trends.md says under its limits: autocorrelation is not corrected for.
        assertThat(shareWithAlerts(TrendAnalyzer.standard(), 0.5)).isGreaterThan(0.013);
    }

    private static double shareWithAlerts(TrendAnalyzer analyzer, double correlation) {
        int withAlerts = 0;
        for (int i = 0; i < HISTORIES; i++) {
            History history = noise(LENGTHS.get(i % LENGTHS.size()), new Random(1_000 + i), correlation, cycle -> 0);
            withAlerts += analyzer.analyze(history.store).alerts().isEmpty() ? 0 : 1;
        }
        return withAlerts / (double) HISTORIES;
    }

    private static History noise(int cycles, Random random, double correlation, IntToDoubleFunction drift) {
        History history = new History();
        double duration = random.nextGaussian();
        double coverage = random.nextGaussian();
        for (int cycle = 0; cycle < cycles; cycle++) {
            duration = next(duration, correlation, random);
            coverage = next(coverage, correlation, random);
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("seconds", 100 + 10 * (duration + drift.applyAsDouble(cycle)));
            numbers.put("lockWaitSeconds", -Math.log(1 - random.nextDouble()));
            numbers.put("retries", random.nextInt(4) == 0 ? 1.0 : 0.0);
            numbers.put("blamed", (double) random.nextInt(3));
            history.kpi(Kpi.of("coverage", 80 + coverage).target(80, Kpi.Direction.UP))
                    .kpi(Kpi.of("errors", random.nextInt(5)).target(2, Kpi.Direction.DOWN))
                    .event("test-run", "run-0", Map.of("seconds", 10 + random.nextGaussian(), "tests", 10.0, "failed", 0.0),
                            "{\"verdict\":\"green\",\"content\":\"c" + cycle + "\"}");
            if (random.nextInt(5) == 0) {
                history.run("x" + cycle, "t");
            }
            history.end(random.nextInt(10) == 0 ? "red" : "green", numbers);
        }
        return history;
    }

    private static double next(double value, double correlation, Random random) {
        return correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
}
