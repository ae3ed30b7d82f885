package dev.autosync.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The same work done by several sides, run by JMH in virtual machines of their own: the package has the bench's name, a class is a case,
 * a method is who.
 *
 * <p>A figure is the least of the iterations' times: whatever else the machine does can only add to it. The medians go to the log.
 */
final class JmhComparison implements Bench {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final String name;
    private final int quickWarmUps;

    /**
     * The benchmarks of a package.
     *
     * @param name of the bench and the package
     * @param quickWarmUps how many tenths of a second each may take to get warm when all have to be done within a minute
     */
    JmhComparison(String name, int quickWarmUps) {
        this.name = name;
        this.quickWarmUps = quickWarmUps;
    }

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("dev\\.autosync\\.bench\\." + name + "\\..*")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms128m", "-Xmx128m")
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? quickWarmUps : 5).warmupTime(TimeValue.milliseconds(quick ? 100 : 500))
                // Many short ones: on a machine that others use too, some of them are left alone.
                .measurementIterations(quick ? 4 : 50).measurementTime(TimeValue.milliseconds(50));
        for (RunResult result : new Runner(options.build()).run()) {
            String[] names = result.getParams().getBenchmark().split("\\.");
            String caseName = kebab(names[names.length - 2]);
            String who = kebab(names[names.length - 1]);
            Samples nanos = new Samples();
            Samples bytes = new Samples();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    nanos.add(score(iteration.getPrimaryResult(), "ns/op"));
                    Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                    if (allocated == null) {
                        throw new IllegalStateException("this virtual machine does not say what it allocates");
                    }
                    bytes.add(score(allocated, "B/op"));
                }
            }
            System.err.println(name + ": " + caseName + " " + who + ": median " + nanos.median() + " ns/op of " + nanos.size() + " iterations");
            figures.accept(new Figure(name, caseName, who, "ns_per_op", nanos.min(), "ns"));
            figures.accept(new Figure(name, caseName, who, "bytes_per_op", wholeTenths(bytes.median()), "B"));
        }
    }

    private static double score(Result<?> result, String unit) {
        if (!result.getScoreUnit().equals(unit)) {
            throw new IllegalStateException(result.getLabel() + " is measured in " + result.getScoreUnit());
        }
        return result.getScore();
    }

    /** The profiler itself allocates a little in every iteration, spread over all its operations: that is not theirs. */
    static double wholeTenths(double bytes) {
        return Math.round(bytes * 10) / 10.0;
    }

    /** For example {@code no-failure} for {@code NoFailure}, {@code spring7} for {@code spring7}. */
    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
