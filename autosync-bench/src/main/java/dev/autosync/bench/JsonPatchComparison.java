package dev.autosync.bench;

import dev.autosync.bench.jsonpatch.ApplyPatch;
import dev.autosync.bench.jsonpatch.JsonPatcher;
import dev.autosync.bench.jsonpatch.PatchWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final double SLOW_SECONDS = 0.1;
    private static final List<String> CASES = List.of("replace-object-100", "add-array-100", "replace-object-4000", "add-array-4000",
            "replace-object-100000", "add-array-100000", "one-op-1mb");

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws RunnerException {
        for (String work : CASES) {
            Map<Boolean, List<JsonPatcher>> bySlowness = new TreeMap<>();
            for (JsonPatcher patcher : JsonPatcher.values()) {
                double seconds = expectedSeconds(work, patcher);
                if (seconds > (quick ? SLOW_SECONDS : 20)) {
                    System.err.println(NAME + ": " + work + " " + patcher.who() + ": left out" + (quick ? " of the quick run" : "")
                            + ", one application takes about " + Math.round(seconds * 10) / 10.0 + " s");
                } else {
                    bySlowness.computeIfAbsent(seconds > SLOW_SECONDS, slow -> new ArrayList<>()).add(patcher);
                }
            }
            for (Map.Entry<Boolean, List<JsonPatcher>> patchers : bySlowness.entrySet()) {
                measure(work, patchers.getValue(), patchers.getKey(), quick, figures);
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

    private static void measure(String work, List<JsonPatcher> patchers, boolean slow, boolean quick, Consumer<Figure> figures) throws RunnerException {
        int operations = PatchWork.of(work).operations();
        // One application of them lasts longer than an iteration.
        boolean large = operations > 10_000;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ApplyPatch.class.getName().replace(".", "\\.") + ".apply")
                .param("work", work)
                .param("patcher", patchers.stream().map(JsonPatcher::name).toArray(String[]::new))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC")
                .forks(quick || slow ? 1 : 3)
                .warmupIterations(quick ? large ? 2 : 3 : 10).warmupTime(TimeValue.milliseconds(quick ? 100 : 500))
                .measurementIterations(quick ? large ? 1 : 2 : slow ? 5 : 20).measurementTime(TimeValue.milliseconds(quick ? 50 : 250));
        for (RunResult result : new Runner(options.build()).run()) {
            String who = JsonPatcher.valueOf(result.getParams().getParam("patcher")).who();
            Samples micros = new Samples();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    micros.add(iteration.getPrimaryResult().getScore() / operations);
                }
            }
            System.err.println(NAME + ": " + work + " " + who + ": median " + micros.median() + " us of " + micros.size() + " iterations");
            figures.accept(new Figure(NAME, work, who, "us_per_op", micros.min(), "us"));
        }
    }
}
