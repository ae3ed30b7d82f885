package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches whose runs are made side by side. */
class SideBySideTest {
    private static final int PATCHES = 12;

    @TempDir
    Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("readme"), "something\n");
    }

    /** Tests that fail with one patch each; runs some of them if it is asked to. */
    private static final class Suite implements TestSuite {
        private final Map<String, Integer> breakers;
        private final AtomicInteger ended = new AtomicInteger();

        Suite(Map<String, Integer> breakers) {
            this.breakers = breakers;
        }

        @Override
        public TestRun run(TestContext context) {
            Set<Integer> patches = new TreeSet<>();
            IntStream.rangeClosed(1, PATCHES).filter(i -> Files.exists(context.workspace().resolve("f" + i))).forEach(patches::add);
            List<TestResult> results = new ArrayList<>();
            breakers.forEach((test, patch) -> {
                if (context.only().isEmpty() || context.only().contains(test)) {
                    results.add(TestResult.of(test, patches.contains(patch) ? Status.FAILED : Status.PASSED, Duration.ZERO, ""));
                }
            });
            ended.incrementAndGet();
            boolean red = results.stream().anyMatch(result -> result.status() == Status.FAILED);
            return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "red" : "green", results, Duration.ZERO);
        }

        @Override
        public boolean concurrent() {
            return true;
        }

        @Override
        public boolean selective() {
            return true;
        }
    }

    private BatchReport run(Suite suite, int copies, CulpritSearch search) throws InterruptedException {
        return PatchRunner.builder(workspace).tests(suite).isolation(Isolation.candidates(copies)).testPolicy(TestPolicy.ofDefaults().culprits(search)).build()
                .run(PatchBatch.of(IntStream.rangeClosed(1, PATCHES).mapToObj(i -> Patch.write("p" + i, "f" + i, new byte[] {'x', '\n'})).toList()));
    }

    private static List<String> ids(BatchReport report, Kind kind) {
        return report.outcomes(kind).stream().map(PatchOutcome::patch).map(Patch::id).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void doesNotTakeTheRunOfAnotherTreeForThatOfTheTreeWithoutPatches(int copies) throws Exception {
        BatchReport report = run(new Suite(Map.of("a", 4, "b", 11, "c", 7)), copies, CulpritSearch.ofDefaults());

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p4", "p7", "p11");
        assertThat(ids(report, Kind.APPLIED)).hasSize(PATCHES - 3);
    }

    @Test
    void waitsForTheRunsThatItHasBegunWhenTheBudgetEnds() throws Exception {
        Suite suite = new Suite(Map.of("a", 4));

        BatchReport report = run(suite, 3, CulpritSearch.ofDefaults().mostRuns(3));

        assertThat(report.runs()).as("the baseline and three, each of which was paid for").hasSize(4);
        assertThat(suite.ended).hasValue(4);
    }
}
