package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.TrendAnalyzer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand flaky tests with rates from 0.0001 to 0.5, 50 that always fail, 40 that each bad patch breaks until it is taken out, and 30 that are
 * broken on every second version.
 */
class FlakySimulationTest {
    private static final int FLAKY = 1000;
    private static final int CYCLES = 100;

    @ParameterizedTest
    @ValueSource(ints = {100, 500, 1000})
    void findsWhatCanBeFoundAndNothingElse(int runsOfOneContent) throws IOException {
        List<FlakyTest> found = TrendAnalyzer.standard().analyze(history(runsOfOneContent, new Random(7)).store).flakyTests();

        double ceiling = Double.parseDouble(Vectors.section("sameContentRecall").get(String.valueOf(runsOfOneContent)).orElseThrow().raw());
        assertThat(found).extracting(FlakyTest::id).allMatch(id -> id.startsWith("flaky"));
        // Both the recall and its share of what a history can show; the share may exceed 1 by chance.
        assertThat(found.size() / (double) FLAKY / ceiling).isBetween(0.95, 1.05);
        assertThat(found).allSatisfy(test -> assertThat(test.runs()).isEqualTo(runsOfOneContent));
    }

    private static History history(int runsOfOneContent, Random random) {
        History history = new History();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            for (int run = 0; run < runsOfOneContent / CYCLES; run++) {
                run(history, "steady", random, List.of());
            }
            run(history, "bad-patch-" + cycle, random, numbered("regression", 40));
            run(history, "version-" + cycle, random, cycle % 2 == 0 ? numbered("broken", 30) : List.of());
            history.green();
        }
        return history;
    }

    private static void run(History history, String content, Random random, List<String> more) {
        List<String> failures = new ArrayList<>(numbered("always", 50));
        failures.addAll(more);
        for (int i = 0; i < FLAKY; i++) {
            double rate = Math.pow(10, -4 + i * (Math.log10(0.5) + 4) / (FLAKY - 1));
            if (random.nextDouble() < rate) {
                failures.add("flaky-" + i);
            }
        }
        assertThat(failures).hasSizeLessThan(200);
        history.run("red", content, 1200, failures, List.of());
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
    }
}
