package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often patches have to be green before they land, by what the history knows of bugs that show now and then. */
class SteadyByHistoryTest extends CycleFixture {
    /** After one such bug, and hardly any patch that was good, one of four holds another by 17 %. */
    private static final int ASKED = 5;

    private int withAll;

    /** Whether the tests cannot be run any more without patches, once they were with all. */
    private boolean lostWithout;

    /** Whether something else fails without patches, once they were run with all. */
    private boolean redWithout;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("readme"), "something\n");
    }

    private void event(String kind, String subject, String payload) {
        store.append(new FencingToken(1), List.of(Event.of("long-ago", kind, subject, Instant.EPOCH, Map.of(), payload)));
    }

    private void oneWasSeen() {
        event("patch", "old", "{\"outcome\":\"undecided\",\"checksum\":\"1\",\"intermittent\":[\"x\"]}");
    }

    /** What fails in a run with all patches; empty for nothing. */
    private interface Script {
        /**
         * Runs.
         *
         * @param time the how manieth run with all patches it is, from 1
         */
        String failing(int time);
    }

    private static Script failsIn(String test, Integer... times) {
        return time -> Set.of(times).contains(time) ? test : "";
    }

    /** Four patches; with fewer all tests pass. */
    private SyncEngine engine(TestPolicy policy, Script script) {
        TestSuite tests = new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                boolean all = IntStream.range(0, 4).allMatch(i -> Files.exists(context.workspace().resolve("f" + i)));
                if (!all && lostWithout && withAll > 0) {
                    return TestRun.of(Verdict.NOT_RUN, "the runner was lost", List.of(), Duration.ZERO);
                }
                String failing = all ? script.failing(++withAll) : redWithout && withAll > 0 ? "other" : "";
                List<TestResult> results = Stream.concat(Stream.of("a", "b"), Stream.of(failing)).distinct().filter(test -> !test.isEmpty())
                        .map(test -> TestResult.of(test, test.equals(failing) ? Status.FAILED : Status.PASSED, Duration.ZERO, "")).toList();
                return TestRun.of(failing.isEmpty() ? Verdict.GREEN : Verdict.RED, failing, results, Duration.ZERO);
            }

            @Override
            public String fingerprint() {
                return "script";
            }
        };
        return SyncEngine.builder(workspace).tests(tests).store(store).testPolicy(policy).patches(PatchBatch.of(patches())).build();
    }

    /** What no cycle lives through. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private SyncReport sync(TestPolicy policy, Script script) throws Exception {
        try (SyncEngine engine = engine(policy, script)) {
            return engine.sync();
        }
    }

    private SyncReport sync(Script script) throws Exception {
        return sync(TestPolicy.ofDefaults(), script);
    }

    private static List<Patch> patches() {
        return IntStream.range(0, 4).mapToObj(i -> Patch.write("p" + i, "f" + i, new byte[] {'x'})).toList();
    }

    private static List<Kind> kinds(SyncReport report) {
        return report.batch().outcomes().stream().map(PatchOutcome::kind).toList();
    }

    private Event patch(String id) {
        List<Event> events = store.read(EventQuery.all().kind("patch").subject(id)).stream().map(stored -> stored.event()).toList();
        return events.get(events.size() - 1);
    }

    private double chance() {
        LearnedExperience experience = new LearnedExperience();
        experience.refresh(store);
        return experience.intermittent(4);
    }

    @Test
    void landsOnOneGreenRunWhereNoSuchBugWasSeen() throws Exception {
        SyncReport report = sync(failsIn("a"));

        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(1);
        assertThat(report.batch().outcomes().get(0).reason()).isEqualTo("green in run 1");
        assertThat(patch("p0").numbers()).containsEntry("greens", 1.0);
    }

    @Test
    void landsAfterAsManyGreenRunsAsTheHistoryAsksFor() throws Exception {
        oneWasSeen();
        double before = chance();

        SyncReport report = sync(failsIn("a"));

        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(ASKED);
        assertThat(report.batch().outcomes().get(0).reason()).isEqualTo("green in run 1 and in 4 more");
        assertThat(patch("p0").numbers()).containsEntry("greens", 5.0);
        assertThat(chance()).as("four that were good").isLessThan(before);
    }

    @Test
    void landsNothingAndBlamesNobodyIfItFailsAgainInOneOfTheseRunsAndNeverWithout() throws Exception {
        oneWasSeen();
        double before = chance();

        SyncReport report = sync(failsIn("a", 2, 4));

        assertThat(report.batch().outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.reason()).isEqualTo("now and then this fails with these patches, and not without them: a");
            assertThat(((PatchOutcome.Undecided) outcome).intermittent()).containsExactly("a");
        });
        assertThat(tree()).containsOnlyKeys("readme");
        assertThat(patch("p3").payload()).contains("\"intermittent\":[\"a\"]");
        double after = chance();
        assertThat(after).isGreaterThan(before);
        for (int again = 0; again < 4; again++) {
            withAll = 0;
            assertThat(kinds(sync(failsIn("a", 2, 4)))).as("however often it is tried").containsOnly(Kind.UNDECIDED);
        }
        assertThat(chance()).as("it is still the same bug").isEqualTo(after);
    }

    @Test
    void saysFirstWhatIsTheMatterHoweverLongTheNamesOfTestsAre() throws Exception {
        oneWasSeen();
        String test = "a".repeat(3000);

        SyncReport report = sync(failsIn(test, 2, 4));

        assertThat(report.batch().outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.reason()).startsWith("now and then this fails with these patches, and not without them: aaa").hasSizeLessThan(200);
            assertThat(((PatchOutcome.Undecided) outcome).intermittent()).containsExactly(test);
        });
    }

    @Test
    void landsWhatFailedOnceAndWasGreenSixTimesThen() throws Exception {
        oneWasSeen();

        assertThat(kinds(sync(failsIn("a", 2)))).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(1 + 6);
        assertThat(patch("p0").numbers()).containsEntry("greens", 6.0);
    }

    @Test
    void takesARunForGreenInWhichOnlyATestFailedThatIsKnownToFailByChance() throws Exception {
        oneWasSeen();
        for (String verdict : List.of("green", "red")) {
            event("test-run", "run-1", "{\"verdict\":\"" + verdict + "\",\"content\":\"c\",\"failures\":[" + (verdict.equals("red") ? "\"a\"" : "") + "]}");
        }

        assertThat(kinds(sync(failsIn("a", 2, 3)))).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(ASKED);
    }

    @Test
    void givesUpWhereEachRunFailsInAnotherWayAndSoItDoesWithoutPatches() throws Exception {
        oneWasSeen();
        redWithout = true;

        SyncReport report = sync(time -> time == 1 ? "" : "t" + time);

        assertThat(kinds(report)).containsOnly(Kind.UNDECIDED);
        assertThat(report.batch().outcomes().get(0).reason()).startsWith("in 30 runs something failed again and again: t2, t3");
        assertThat(withAll).isEqualTo(31);
    }

    @Test
    void landsNothingThatIsRedTooOftenToBeChanceThoughAnotherTestFailsEachTime() throws Exception {
        oneWasSeen();

        SyncReport report = sync(time -> time % 2 == 1 ? "" : "t" + time);

        assertThat(report.batch().outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.reason()).isEqualTo("now and then this fails with these patches, and not without them: t2, t4");
            assertThat(((PatchOutcome.Undecided) outcome).intermittent()).containsExactly("t2", "t4");
        });
    }

    @Test
    void landsWhatIsRedInAnotherWayEachTimeWhereItIsSoWithoutPatches() throws Exception {
        oneWasSeen();
        redWithout = true;

        assertThat(kinds(sync(time -> time % 2 == 1 ? "" : "t" + time))).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(11);
    }

    @Test
    void landsNothingUnprovenWhenTheBudgetEndsBefore() throws Exception {
        oneWasSeen();

        SyncReport report = sync(TestPolicy.ofDefaults().culprits(CulpritSearch.ofDefaults().mostRuns(3)), failsIn("a"));

        assertThat(withAll).isEqualTo(3);
        assertThat(report.batch().outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Kind.UNDECIDED);
            assertThat(outcome.reason()).isEqualTo("unproven: the budget of 3 runs is used up; by the history these patches are to be green 5 times, and were 3 times");
            assertThat(((PatchOutcome.Undecided) outcome).intermittent()).isEmpty();
        });
        assertThat(tree()).containsOnlyKeys("readme");
    }

    @Test
    void doesNotHoldForChanceWhatABudgetHasLeftOpenHoweverOftenItIsTried() throws Exception {
        oneWasSeen();
        TestPolicy six = TestPolicy.ofDefaults().culprits(CulpritSearch.ofDefaults().mostRuns(6));

        for (int again = 0; again < 3; again++) {
            withAll = 0;
            assertThat(kinds(sync(six, failsIn("a", 2)))).as("time " + again).containsOnly(Kind.UNDECIDED);
            assertThat(withAll).isEqualTo(6);
        }
    }

    @Test
    void makesNoGreenRunAgainAfterACrash() throws Exception {
        oneWasSeen();
        try (SyncEngine engine = engine(TestPolicy.ofDefaults(), time -> {
            if (time == 4) {
                throw new Crash();
            }
            return "";
        })) {
            assertThatThrownBy(engine::sync).isInstanceOf(Crash.class);
        }
        assertThat(withAll).as("three were green, and in the fourth it died").isEqualTo(4);

        SyncReport report = sync(failsIn("a"));

        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
        assertThat(withAll).isEqualTo(4 + ASKED - 3);
        assertThat(patch("p0").numbers()).containsEntry("greens", 5.0);
    }

    @Test
    void saysNothingOfThePatchesWhereItCouldNotBeSeenWhetherItFailsWithoutThem() throws Exception {
        oneWasSeen();
        lostWithout = true;

        SyncReport report = sync(failsIn("a", 2, 4));

        assertThat(report.batch().outcomes()).allSatisfy(outcome -> {
            assertThat(outcome.reason()).isEqualTo("it could not be seen whether this fails without these patches, too: a; the runner was lost");
            assertThat(((PatchOutcome.Undecided) outcome).intermittent()).isEmpty();
        });
    }

    @Test
    void makesTheRunsSideBySideWhereThereArePlaces() throws Exception {
        oneWasSeen();
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(ASKED - 1);
        TestSuite tests = new TestSuite() {
            @Override
            public TestRun run(TestContext context) throws InterruptedException {
                boolean all = IntStream.range(0, 4).allMatch(i -> Files.exists(context.workspace().resolve("f" + i)));
                if (all && runs.incrementAndGet() > 1) {
                    try {
                        together.await(1, TimeUnit.MINUTES);
                    } catch (BrokenBarrierException | TimeoutException e) {
                        throw new IllegalStateException("the others were not begun", e);
                    }
                }
                return TestRun.of(Verdict.GREEN, "", List.of(TestResult.of("a", Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
            }

            @Override
            public boolean concurrent() {
                return true;
            }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(tests).store(store).isolation(Isolation.candidates(4)).patches(PatchBatch.of(patches())).build()) {
            assertThat(kinds(engine.sync())).containsOnly(Kind.APPLIED);
        }
        assertThat(runs).hasValue(ASKED);
    }
}
