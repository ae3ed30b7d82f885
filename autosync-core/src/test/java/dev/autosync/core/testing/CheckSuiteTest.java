package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSuiteTest {
    @TempDir
    Path workspace;

    private final List<String> ran = new ArrayList<>();
    private final CheckSuite three = new CheckSuite("s").check("a", context -> ran.add("a")).check("b", context -> {
        ran.add("b");
        throw new AssertionError("1 is not 2");
    }).check("c", context -> ran.add("c"));

    @Test
    void isGreenWhenEveryCheckReturns() throws Exception {
        Files.writeString(workspace.resolve("config"), "good");
        TestRun run = new CheckSuite("config").check("is good", context -> assertThat(context.workspace().resolve("config")).hasContent("good"))
                .run(TestContext.of(workspace));

        assertThat(run).hasToString("GREEN (1 tests, 0 failed): 1 tests, none failed");
        assertThat(run.results()).extracting(TestResult::id).containsExactly("config#is good");
    }

    @Test
    void takesWhateverACheckThrowsForAFailureOfThatCheckAlone() throws Exception {
        TestRun run = new CheckSuite("s").check("asserts", context -> {
            throw new AssertionError("1 is not 2");
        }).check("reads", context -> Files.readString(context.workspace().resolve("missing"))).check("recurses", context -> endless(1))
                .check("lies", context -> {
                    throw new IllegalStateException() {
                        @Override
                        public String toString() {
                            throw new IllegalStateException("here too");
                        }
                    };
                }).check("passes", context -> { }).run(TestContext.of(workspace));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).isEqualTo("4 of 5 tests failed: s#asserts, s#reads, s#recurses and 1 more");
        assertThat(run.results()).extracting(TestResult::message).satisfiesExactly(
                message -> assertThat(message).isEqualTo("java.lang.AssertionError: 1 is not 2"),
                message -> assertThat(message).startsWith("java.nio.file.NoSuchFileException"),
                message -> assertThat(message).isEqualTo("java.lang.StackOverflowError"),
                message -> assertThat(message).startsWith(CheckSuiteTest.class.getName()),
                message -> assertThat(message).isEmpty());
    }

    private static int endless(int n) {
        return endless(n + 1) + n;
    }

    @Test
    void boundsAndEscapesWhatItIsTold() throws Exception {
        TestRun run = new CheckSuite("s\n").check("a\u001b[31m", context -> {
            throw new IllegalStateException("line\nline" + "x".repeat(100_000));
        }).run(TestContext.of(workspace));

        assertThat(run.results()).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo("s\\n#a\\u001b[31m");
            assertThat(result.message()).startsWith("java.lang.IllegalStateException: line\\nline").hasSizeLessThanOrEqualTo(2_000);
        });
    }

    @Test
    void hasNoTestsWithoutAnyCheck() throws Exception {
        assertThat(new CheckSuite("s").run(TestContext.of(workspace))).hasToString("NO_TESTS (0 tests, 0 failed): The suite s has no check");
    }

    @Test
    void runsOnlyWhatIsWantedAndIsNotGreenIfThatIsUnknown() throws Exception {
        assertThat(three.selective()).isTrue();
        assertThat(only("s#a", "s#c").verdict()).isEqualTo(Verdict.GREEN);
        assertThat(ran).containsExactly("a", "c");
        assertThat(only("s#b").verdict()).isEqualTo(Verdict.RED);
        assertThat(only("s#gone")).hasToString("NO_TESTS (0 tests, 0 failed): None of the checks that were asked for is one of the suite s");
        assertThat(only("s#a", "s#gone"))
                .hasToString("NO_TESTS (1 tests, 0 failed): The run says nothing of 1 of the 2 tests that were asked for: s#gone");
    }

    private TestRun only(String... ids) throws InterruptedException {
        return three.run(TestContext.of(workspace).only(Set.of(ids)));
    }

    @Test
    void runsTheLikeliestFirstAndEachOnce() throws Exception {
        three.run(TestContext.of(workspace).first(List.of("s#c", "s#gone", "s#b", "s#c")));

        assertThat(ran).containsExactly("c", "b", "a");
    }

    @Test
    void endsAtTheFirstFailureOnlyWhenAskedAndSaysSo() throws Exception {
        TestRun run = three.run(TestContext.of(workspace).failFast());

        assertThat(ran).containsExactly("a", "b");
        assertThat(run).hasToString("RED (2 tests, 1 failed): 1 of 2 tests failed: s#b; the run ended at the first failure");
        assertThat(run.complete()).isFalse();
        assertThat(three.run(TestContext.of(workspace)).complete()).isTrue();
        assertThat(ran).endsWith("a", "b", "c");
    }

    @Test
    void letsNoFurtherCheckBeginWhenItIsInterrupted() {
        CheckSuite suite = new CheckSuite("s").check("swallows", context -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("closed by interrupt");
        }).check("after", context -> ran.add("after"));

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> suite.run(TestContext.of(workspace)));
        assertThat(ran).isEmpty();
    }

    @Test
    void takesAnInterruptThatACheckOnAThreadOfItsOwnThrowsForAFailure() throws Exception {
        TestRun run = new CheckSuite("s").timeout(Duration.ofMinutes(1)).check("throws", context -> {
            throw new InterruptedException("mine");
        }).check("after", context -> ran.add("after")).run(TestContext.of(workspace));

        assertThat(run.results()).extracting(TestResult::toString).satisfiesExactly(
                failed -> assertThat(failed).startsWith("s#throws FAILED: ").endsWith("java.lang.InterruptedException: mine"),
                passed -> assertThat(passed).isEqualTo("s#after PASSED"));
    }

    @Test
    void failsACheckThatDoesNotEndInTimeInterruptsItAndGoesOn() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<String> interrupted = new CopyOnWriteArrayList<>();
        TestRun run = new CheckSuite("s").timeout(Duration.ofMillis(200)).check("hangs", context -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.add("hangs");
                throw e;
            }
        }).check("fails", context -> {
            throw new AssertionError("1 is not 2");
        }).check("after", context -> ran.add("after")).run(TestContext.of(workspace));

        assertThat(run.results()).extracting(TestResult::toString)
                .containsExactly("s#hangs FAILED: did not end in PT0.2S", "s#fails FAILED: java.lang.AssertionError: 1 is not 2", "s#after PASSED");
        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(interrupted).containsExactly("hangs");
    }

    @Test
    void abandonsACheckThatIgnoresTheInterruptAndBeginsNoOther() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestRun run = new CheckSuite("s").timeout(Duration.ofMillis(100)).check("stubborn", context -> awaitWhateverHappens(never))
                .check("after", context -> ran.add("after")).run(TestContext.of(workspace));
        never.countDown();

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).isEqualTo("s#stubborn did not end in PT0.1S, nor when it was interrupted, and was abandoned");
        assertThat(run.complete()).isFalse();
        assertThat(run.results()).hasSize(1);
        assertThat(ran).isEmpty();
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // stubborn
            }
        }
    }

    @Test
    void interruptsACheckWithATimeLimitWithItsRun() {
        CountDownLatch never = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        List<String> interrupted = new CopyOnWriteArrayList<>();
        CheckSuite suite = new CheckSuite("s").timeout(Duration.ofMinutes(1)).check("waits", context -> {
            caller.interrupt();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.add("waits");
                throw e;
            }
        }).check("after", context -> ran.add("after"));

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> suite.run(TestContext.of(workspace)));
        assertThat(interrupted).containsExactly("waits");
        assertThat(ran).isEmpty();
    }

    @Test
    void isRememberedOnlyWithAFingerprint() {
        assertThat(three.fingerprint()).isEmpty();
        assertThat(three.fingerprint("1").fingerprint()).isEqualTo("checks [\"s#a\"\"s#b\"\"s#c\"] version=[\"1\"]")
                .isNotEqualTo(three.fingerprint("2").fingerprint()).isNotEqualTo(three.timeout(Duration.ofSeconds(1)).fingerprint("1").fingerprint());
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckSuite(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> three.check("a", context -> { })).withMessageContaining("there is a check 'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> three.check("x".repeat(401), context -> { }));
        assertThatIllegalArgumentException().isThrownBy(() -> three.fingerprint(""));
        assertThatIllegalArgumentException().isThrownBy(() -> three.timeout(Duration.ZERO));
    }
}
