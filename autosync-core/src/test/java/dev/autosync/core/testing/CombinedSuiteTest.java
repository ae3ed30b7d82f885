package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CombinedSuiteTest {
    @TempDir
    Path workspace;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @Test
    void joinsTheResultsOfAllUnderNamesThatCannotCollide() throws Exception {
        TestRun run = run(new CombinedSuite().suite("unit", checks("s", "a")).suite("slow", checks("s", "a")));

        assertThat(run).hasToString("GREEN (2 tests, 0 failed): 2 tests in 2 suites, none failed");
        assertThat(run.results()).extracting(TestResult::id).containsExactly("unit/s#a", "slow/s#a");
    }

    @ParameterizedTest
    @CsvSource({"GREEN,GREEN,GREEN", "GREEN,NO_TESTS,NO_TESTS", "RED,NOT_RUN,RED", "CRASHED,RED,RED", "NOT_RUN,GREEN,NOT_RUN", "CRASHED,NO_TESTS,NO_TESTS",
        "STALE_REPORT,RED,RED", "BROKEN_REPORT,GREEN,BROKEN_REPORT"})
    void isGreenOnlyIfEachIsAndEvidenceGoesBeforeNone(Verdict a, Verdict b, Verdict both) throws Exception {
        assertThat(run(new CombinedSuite().suite("a", fixed(a)).suite("b", fixed(b))).verdict()).isEqualTo(both);
        assertThat(run(new CombinedSuite().suite("a", fixed(a)).suite("b", fixed(b)).parallel(2)).verdict()).isEqualTo(both);
        assertThat(run(new CombinedSuite()).verdict()).isEqualTo(Verdict.NO_TESTS);
    }

    @Test
    void hasAResultForASuiteThatSaysNothingOfSingleTestsAndForOneThatThrows() throws Exception {
        TestRun run = run(new CombinedSuite().suite("a", fixed(Verdict.GREEN)).suite("b", fixed(Verdict.RED)).suite("c", context -> {
            throw new IllegalStateException("no\ndatabase");
        }));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.results()).extracting(TestResult::toString).containsExactly("a PASSED", "b FAILED: as told");
        assertThat(run.reason()).isEqualTo("b: as told; c: the suite threw java.lang.IllegalStateException: no\\ndatabase");
    }

    @Test
    void isNotGreenWhenASuiteThatRunsAllSaysNothingOfATestThatIsWanted() throws Exception {
        TestSuite all = context -> checks("t", "x").run(TestContext.of(workspace));
        CombinedSuite suite = new CombinedSuite().suite("a", checks("s", "x")).suite("b", all);

        assertThat(suite.run(TestContext.of(workspace).only(List.of("b/t#x"))).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(suite.run(TestContext.of(workspace).only(List.of("a/s#x", "b"))).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(suite.run(TestContext.of(workspace).only(List.of("b/t#gone"))).verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(suite.run(TestContext.of(workspace).only(List.of("gone/t#x"))).verdict()).isEqualTo(Verdict.NO_TESTS);
    }

    @Test
    @SuppressWarnings("NullAway")
    void takesASuiteThatAnswersNothingForOneThatCouldNotBeRun() throws Exception {
        CombinedSuite suite = new CombinedSuite().suite("a", checks("s", "x")).suite("b", context -> null);

        assertThat(run(suite).verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(run(suite.parallel(2)).verdict()).isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void endsWhenItWasInterruptedInASuiteThatOnlyRemembersIt() {
        CombinedSuite suite = new CombinedSuite().suite("a", context -> {
            Thread.currentThread().interrupt();
            return fixed(Verdict.RED).run(context);
        });

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> run(suite));
    }

    @Test
    void endsWithTheFirstThatIsNotGreenOnlyIfToldSo() throws Exception {
        CombinedSuite suite = new CombinedSuite().suite("a", checks("s", "x")).suite("b", fixed(Verdict.NO_TESTS)).suite("c", checks("s", "z"));

        run(suite);
        assertThat(ran).containsExactly("x", "z");
        ran.clear();
        TestRun run = run(suite.endsEarly());
        assertThat(ran).containsExactly("x");
        assertThat(run.reason()).isEqualTo("b: as told; not run to their end: c");
        CombinedSuite red = new CombinedSuite().suite("b", fixed(Verdict.RED)).suite("c", checks("s", "z"));
        ran.clear();
        assertThat(red.run(TestContext.of(workspace).failFast()).verdict()).isEqualTo(Verdict.RED);
        assertThat(ran).isEmpty();
    }

    @Test
    void asksEachSuiteOnlyForItsOwnTestsTheLikeliestSuiteFirst() throws Exception {
        CombinedSuite suite = new CombinedSuite().suite("a", checks("s", "x", "y")).suite("b", checks("t", "x", "z")).suite("c", fixed(Verdict.GREEN));

        assertThat(ids(suite, "b/t#z")).containsExactly("b/t#z");
        assertThat(ids(suite, "b/t#z", "a/s#y")).containsExactly("a/s#y", "b/t#z");
        assertThat(ids(suite, "c")).containsExactly("c");
        assertThat(ids(suite, "b")).as("the whole of one").containsExactly("b/t#x", "b/t#z");
        assertThat(ids(suite, "gone/t#z")).as("of none of them: all").hasSize(5);
        assertThat(suite.run(TestContext.of(workspace).only(Set.of("a/s#gone"))).verdict()).isEqualTo(Verdict.NO_TESTS);
        ran.clear();
        suite.run(TestContext.of(workspace).first(List.of("b/t#z", "gone/x")));
        assertThat(ran).containsExactly("z", "x", "x", "y");
        assertThat(ids(new CombinedSuite().suite("o", suite).suite("p", checks("u", "v")), "o/b/t#z")).containsExactly("o/b/t#z");
    }

    @Test
    void runsSuitesSideBySideOnlyWhereThatWasAskedFor() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        TestSuite meets = TestSuite.checks("s").check("meets", context -> both.await(30, TimeUnit.SECONDS));
        CombinedSuite suite = new CombinedSuite().suite("a", meets).suite("b", meets);

        assertThat(run(suite.parallel(2)).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(threads()).isEmpty();
        assertThat(run(new CombinedSuite().suite("a", onThread()).suite("b", onThread())).verdict()).isEqualTo(Verdict.GREEN);
    }

    private TestSuite onThread() {
        Thread caller = Thread.currentThread();
        return TestSuite.checks("s").check("runs on the caller's thread", context -> assertThat(Thread.currentThread()).isSameAs(caller));
    }

    @Test
    void endsTheOthersWhenOneEndsTheRunAndLeavesNoThread() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        TestRun run = run(new CombinedSuite().suite("waits", endless(waiting)).suite("fails", context -> {
            waiting.await();
            return fixed(Verdict.RED).run(context);
        }).suite("after", checks("s", "x")).parallel(2).endsEarly());

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("fails: as told; not run to their end: waits");
        assertThat(threads()).isEmpty();
    }

    @Test
    void endsAllWhenTheCallerIsInterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        CombinedSuite suite = new CombinedSuite().suite("a", endless(waiting)).suite("b", endless(waiting)).suite("c", checks("s", "x")).parallel(2);
        FutureTask<TestRun> work = new FutureTask<>(() -> run(suite));
        Thread caller = new Thread(work);
        caller.start();
        waiting.await();
        caller.interrupt();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> work.get(30, TimeUnit.SECONDS)).withCauseInstanceOf(InterruptedException.class);
        assertThat(threads()).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void isRememberedConcurrentAndSelectiveAsItsSuitesAre() {
        TestSuite command = new CommandSuite(List.of("true"));
        TestSuite checks = checks("s", "x");

        assertThat(new CombinedSuite().suite("a", command).suite("b", command).concurrent()).isTrue();
        assertThat(new CombinedSuite().suite("a", command).suite("b", checks).concurrent()).isFalse();
        assertThat(new CombinedSuite().suite("a", command).selective()).isFalse();
        assertThat(new CombinedSuite().suite("a", checks).selective()).isTrue();
        assertThat(new CombinedSuite().fingerprint()).isEmpty();
        assertThat(new CombinedSuite().suite("a", command).suite("b", checks).fingerprint()).isEmpty();
        assertThat(new CombinedSuite().suite("a", command).suite("b", command).fingerprint()).startsWith("all [\"a\"\"command ")
                .isNotEqualTo(new CombinedSuite().suite("b", command).suite("a", command).fingerprint());
    }

    @Test
    void refusesNamesThatAreNoneOrTaken() {
        TestSuite any = fixed(Verdict.GREEN);

        for (String name : List.of("", "a/b", "a b", "-a", "a\n", "x".repeat(65))) {
            assertThatIllegalArgumentException().as(name).isThrownBy(() -> new CombinedSuite().suite(name, any));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new CombinedSuite().suite("a", any).suite("a", any));
        assertThatIllegalArgumentException().isThrownBy(() -> new CombinedSuite().parallel(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CombinedSuite().parallel(65));
    }

    private TestRun run(TestSuite suite) throws InterruptedException {
        return suite.run(TestContext.of(workspace));
    }

    private List<String> ids(TestSuite suite, String... only) throws InterruptedException {
        return suite.run(TestContext.of(workspace).only(List.of(only))).results().stream().map(TestResult::id).toList();
    }

    private CheckSuite checks(String name, String... checks) {
        CheckSuite suite = new CheckSuite(name);
        for (String check : checks) {
            suite = suite.check(check, context -> ran.add(check));
        }
        return suite;
    }

    private static TestSuite fixed(Verdict verdict) {
        return context -> TestRun.of(verdict, "as told", List.of(), Duration.ZERO);
    }

    private static TestSuite endless(CountDownLatch waiting) {
        return context -> {
            waiting.countDown();
            new CountDownLatch(1).await();
            return fixed(Verdict.GREEN).run(context);
        };
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("autosync-suite")).toList();
    }
}
