package dev.autosync.bench;

import java.util.Locale;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * All JMH benchmarks of this module: the time of one operation, and the bytes that it allocates. The method is the case, its class
 * without the ending {@code Bench} is who.
 */
final class JmhBench implements Bench {
    private static final String NAME = "jmh";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("dev\\.autosync\\.bench\\.jmh\\..*")
                .mode(Mode.AverageTime)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 5).warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 2 : 5).measurementTime(TimeValue.seconds(1));
        for (RunResult result : new Runner(options.build()).run()) {
            String[] names = result.getParams().getBenchmark().split("\\.");
            String caseName = kebab(names[names.length - 1]);
            String who = kebab(names[names.length - 2].replaceFirst("Bench$", ""));
            figures.accept(figure(caseName, who, result.getPrimaryResult(), "ns/op"));
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            if (allocated != null) {
                figures.accept(figure(caseName, who, allocated, "B/op"));
            }
        }
    }

    private static Figure figure(String caseName, String who, Result<?> result, String unit) {
        if (!result.getScoreUnit().equals(unit)) {
            throw new IllegalStateException(caseName + " of " + who + " is measured in " + result.getScoreUnit());
        }
        return new Figure(NAME, caseName, who, unit, result.getScore(), unit);
    }

    /** For example {@code json-patch} for {@code JsonPatch}, {@code replace-in-1000-keys} for {@code replaceIn1000Keys}. */
    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
