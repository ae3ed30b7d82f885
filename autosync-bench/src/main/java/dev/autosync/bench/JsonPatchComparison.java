package dev.autosync.bench;

import dev.autosync.bench.jsonpatch.ApplyPatch;
import dev.autosync.bench.jsonpatch.JsonPatcher;
import dev.autosync.bench.jsonpatch.PatchWork;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * JSON Patch beside four libraries, by JMH: what one operation costs of a patch of 100, 4,000 and 100,000, and one alone in a megabyte.
 *
 * <p>A figure is the least of the iterations' times, divided by the operations; the medians go to the log. Libraries that copy the
 * container for every operation are left out where one application alone would take seconds or minutes; the log says so.
 */
final class JsonPatchComparison implements Bench {
    private static final String NAME = "jsonpatch";
    private static final List<String> CASES = List.of("replace-object-100", "add-array-100", "replace-object-4000", "add-array-4000",
            "replace-object-100000", "add-array-100000", "one-op-1mb");

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws RunnerException {
        for (String work : CASES) {
            for (JsonPatcher patcher : JsonPatcher.values()) {
                double seconds = expectedSeconds(work, patcher);
                if (seconds > (quick ? 0.7 : 20)) {
                    System.err.println(NAME + ": " + work + " " + patcher.who() + ": left out" + (quick ? " of the quick run" : "")
                            + ", one application takes about " + Math.round(seconds) + " s");
                } else {
                    measure(work, patcher, seconds, quick, figures);
                }
            }
        }
    }

    /* Measured once: who copies the container for every operation takes so long with 4,000, and 625 times as long with 100,000. */
    private static double expectedSeconds(String work, JsonPatcher patcher) {
        boolean object = work.startsWith("replace-object-");
        double with4000 = switch (patcher) {
            case AUTOSYNC, ZJSONPATCH -> 0;
            case JSON_TOOLS -> object ? 4.4 : 0.13;
            case PARSSON -> object ? 0.52 : 0.34;
            case JOHNZON -> object ? 10.2 : 1.1;
        };
        return work.endsWith("-100000") ? with4000 * 625 : work.endsWith("-4000") ? with4000 : 0;
    }

    private static void measure(String work, JsonPatcher patcher, double seconds, boolean quick, Consumer<Figure> figures)
            throws RunnerException {
        boolean slow = seconds > 0.1;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ApplyPatch.class.getName().replace(".", "\\.") + ".apply")
                .param("work", work)
                .param("patcher", patcher.name())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC")
                .forks(quick || slow ? 1 : 3)
                .warmupIterations(quick ? slow ? 1 : 4 : 10).warmupTime(TimeValue.milliseconds(quick ? 150 : 500))
                .measurementIterations(quick ? 2 : slow ? 5 : 20).measurementTime(TimeValue.milliseconds(quick ? 100 : 250));
        int operations = PatchWork.of(work).operations();
        for (RunResult result : new Runner(options.build()).run()) {
            Samples micros = new Samples();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    micros.add(iteration.getPrimaryResult().getScore() / operations);
                }
            }
            System.err.println(NAME + ": " + work + " " + patcher.who() + ": median " + micros.median() + " us of " + micros.size() + " iterations");
            figures.accept(new Figure(NAME, work, patcher.who(), "us_per_op", micros.min(), "us"));
        }
    }
}
