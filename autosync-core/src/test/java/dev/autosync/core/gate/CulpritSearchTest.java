package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CulpritSearchTest {

    /** A batch whose culprits are known: each breaks some tests, or the build. */
    private static class Batch implements CulpritSearch.Probe {
        final int length;
        final Map<Integer, Set<String>> breaks = new TreeMap<>();
        final Map<Integer, BatchRun> known = new HashMap<>();
        int runs;

        Batch(int length) {
            this.length = length;
        }

        Batch breaks(int position, String... tests) {
            breaks.put(position, new TreeSet<>(List.of(tests)));
            return this;
        }

        @Override
        public BatchRun test(int prefix) {
            return known.computeIfAbsent(prefix, this::run);
        }

        @Override
        public BatchRun again(int prefix) {
            BatchRun run = run(prefix);
            known.put(prefix, run);
            return run;
        }

        BatchRun run(int prefix) {
            runs++;
            Set<String> failing = new TreeSet<>();
            breaks.forEach((position, tests) -> {
                if (position <= prefix) {
                    failing.addAll(tests);
                }
            });
            List<TestResult> results = new ArrayList<>();
            if (!failing.contains(CulpritSearch.BROKEN)) {
                Set<String> all = new TreeSet<>();
                breaks.values().forEach(all::addAll);
                all.forEach(test -> results.add(TestResult.of(test,
                        failing.contains(test) ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, "")));
            }
            return BatchRun.of(runs, List.of(), TestRun.of(failing.isEmpty() ? Verdict.GREEN : Verdict.RED, "", results, Duration.ZERO));
        }

        CulpritSearch.Result search() throws InterruptedException {
            return CulpritSearch.find(test(length), length, Set.of(), this);
        }
    }

    @Test
    void findsTheOnlyCulpritAsBisectionDoes() throws InterruptedException {
        for (int position = 1; position <= 64; position++) {
            Batch batch = new Batch(64).breaks(position, "a", "b");

            CulpritSearch.Result result = batch.search();

            assertThat(result.culprits()).containsExactly(new CulpritSearch.Culprit(position, Set.of("a", "b")));
            assertThat(batch.runs).isLessThanOrEqualTo(1 + 6 + (position == 64 ? 1 : 0));
        }
    }

    @Test
    void findsAPatchThatBreaksTheBuild() throws InterruptedException {
        assertThat(new Batch(20).breaks(13, CulpritSearch.BROKEN).search().culprits())
                .containsExactly(new CulpritSearch.Culprit(13, Set.of(CulpritSearch.BROKEN)));
    }

    @Test
    void findsSeveralCulpritsAtOnceWhenTheirTestsDiffer() throws InterruptedException {
        Batch batch = new Batch(32).breaks(3, "a").breaks(11, "b").breaks(12, "c").breaks(30, "d");

        assertThat(batch.search().culprits()).extracting(CulpritSearch.Culprit::position).containsExactly(3, 11, 12, 30);
        assertThat(batch.runs).as("a bisection for each takes twice as many").isLessThanOrEqualTo(14);
    }

    @Test
    void findsTheFirstOfThoseThatBreakTheSameTest() throws InterruptedException {
        assertThat(new Batch(32).breaks(7, "same").breaks(20, "same").search().culprits())
                .containsExactly(new CulpritSearch.Culprit(7, Set.of("same")));
    }

    @Test
    void blamesNobodyForWhatWasSeenOnceAndNotAgain() throws InterruptedException {
        Batch batch = new Batch(16) {
            @Override
            BatchRun run(int prefix) {
                BatchRun run = super.run(prefix);
                return runs > 1 ? run : BatchRun.of(1, List.of(), TestRun.of(Verdict.RED, "", List.of(
                        TestResult.of("flaky", TestResult.Status.FAILED, Duration.ZERO, "")), Duration.ZERO));
            }
        };

        CulpritSearch.Result result = batch.search();

        assertThat(result.culprits()).isEmpty();
        assertThat(result.flaky()).containsExactly("flaky");
    }

    @Test
    void endsWhenTheTestsCannotBeRun() throws InterruptedException {
        Batch batch = new Batch(16) {
            @Override
            BatchRun run(int prefix) {
                return prefix == length ? super.run(prefix)
                        : BatchRun.of(9, List.of(), TestRun.of(Verdict.NOT_RUN, "lost", List.of(), Duration.ZERO));
            }
        };
        assertThat(batch.breaks(5, "a").search().notRun()).isNotNull();
    }

    @Property(tries = 2000)
    void findsExactlyTheFirstBreakerOfEachTest(@ForAll @IntRange(min = 1, max = 40) int length, @ForAll @IntRange(min = 1, max = 5) int bad,
            @ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Batch batch = new Batch(length);
        Map<String, Integer> first = new TreeMap<>();
        for (int i = 0; i < bad; i++) {
            int position = 1 + random.nextInt(length);
            Set<String> tests = new TreeSet<>();
            for (int t = 0; t <= random.nextInt(3); t++) {
                tests.add("t" + random.nextInt(6));
            }
            batch.breaks.merge(position, tests, (a, b) -> {
                a.addAll(b);
                return a;
            });
        }
        batch.breaks.forEach((position, tests) -> tests.forEach(test -> first.merge(test, position, Math::min)));

        CulpritSearch.Result result = batch.search();

        Map<String, Integer> found = new TreeMap<>();
        result.culprits().forEach(culprit -> culprit.symptoms().forEach(test -> found.put(test, culprit.position())));
        assertThat(found).isEqualTo(first);
        assertThat(result.flaky()).isEmpty();
    }

    @Test
    void seldomBlamesAnybodyForATestThatIsRedOneTimeInTwenty() throws InterruptedException {
        Random random = new Random(7);
        int innocents = 0;
        for (int trial = 0; trial < 2000; trial++) {
            Batch batch = new Batch(32) {
                @Override
                BatchRun run(int prefix) {
                    boolean red = random.nextDouble() < 0.05;
                    return BatchRun.of(++runs, List.of(), TestRun.of(red ? Verdict.RED : Verdict.GREEN, "", List.of(TestResult.of("flaky",
                            red ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO));
                }
            };
            innocents += batch.test(32).run().green() || batch.search().culprits().isEmpty() ? 0 : 1;
        }
        assertThat(innocents).as("18 if a test that was seen twice convicted alone").isLessThanOrEqualTo(7);
    }
}
