package dev.autosync.bench.jmh;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The analysis of a history of 200 cycles with 100 events each. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrendAnalyzerBench {
    private static final FencingToken TOKEN = new FencingToken(1);

    private final TrendAnalyzer analyzer = TrendAnalyzer.standard();
    private final List<StoredEvent> history = history();

    /** 10 runs of the tests with 20 failures each and 10 KPIs a cycle: 68 series, 100 flaky tests. */
    @Benchmark
    public TrendReport analyze200Cycles() {
        TrendReport report = analyzer.analyze(history);
        if (report.trends().size() != 68 || report.flakyTests().size() != 100) {
            throw new IllegalStateException(report.trends().size() + " series, " + report.flakyTests().size() + " flaky tests");
        }
        return report;
    }

    private static List<StoredEvent> history() {
        Random random = new Random(1);
        List<StoredEvent> events = new ArrayList<>();
        for (int cycle = 0; cycle < 200; cycle++) {
            for (int run = 0; run < 10; run++) {
                add(events, cycle, "test-run", "run-" + run, Map.of("seconds", 10 + random.nextGaussian(), "tests", 500.0, "failed", 20.0),
                        testRun("content-" + cycle + "-" + run % 7, random));
            }
            for (int kpi = 0; kpi < 10; kpi++) {
                add(events, cycle, "kpi", "kpi-" + kpi, Map.of("value", random.nextGaussian(), "weight", 1.0, "target", 0.0),
                        "{\"unit\":\"\",\"direction\":\"up\",\"met\":true}");
            }
            for (int patch = 0; patch < 79; patch++) {
                add(events, cycle, "patch", "patch-" + patch, Map.of(), "{\"outcome\":\"applied\",\"reason\":\"applied\"}");
            }
            add(events, cycle, "cycle", "red", Map.of("seconds", 100 + random.nextGaussian(), "lockWaitSeconds", random.nextDouble(), "retries",
                    (double) random.nextInt(4), "blamed", (double) random.nextInt(3), "applied", 79.0), "{}");
        }
        return events;
    }

    private static String testRun(String content, Random random) {
        List<Integer> tests = random.ints(0, 100).distinct().limit(20).boxed().toList();
        return "{\"verdict\":\"red\",\"reason\":\"tests fail\",\"content\":\"" + content + "\",\"patches\":["
                + IntStream.range(0, 20).mapToObj(patch -> "\"patch-" + patch + "\"").collect(Collectors.joining(","))
                + "],\"failures\":["
                + tests.stream().map(test -> "\"org.example.project.SomeTest#someMethod" + test + "\"").collect(Collectors.joining(","))
                + "],\"skipped\":[]}";
    }

    private static void add(List<StoredEvent> events, int cycle, String kind, String subject, Map<String, Double> numbers, String payload) {
        long sequence = events.size() + 1L;
        events.add(new StoredEvent(sequence, TOKEN, Event.of("c" + cycle, kind, subject, Instant.ofEpochSecond(sequence), numbers, payload)));
    }
}
