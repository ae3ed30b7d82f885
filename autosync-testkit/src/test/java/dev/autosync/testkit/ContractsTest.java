package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autosync.ErrorCode;
import dev.autosync.SyncReport;
import dev.autosync.improve.Suggestion;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that break a rule fail at that rule. */
class ContractsTest {
    @TempDir
    Path temp;

    @Test
    void aStoreThatBreaksARuleFails() {
        assertFails(store(BrokenStore::new), StoreContract::keepsItsEventsWhenOpenedAgainIfItIsPersistent);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                return kept.read(query.limit(Integer.MAX_VALUE));
            }
        }), StoreContract::readsOnWhereAnEarlierReadEnded);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                return kept.read(query.limit(query.limit()));
            }
        }), StoreContract::readsTheLatestOfWhatEachCombinationOfConditionsAsksFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                List<StoredEvent> found = new ArrayList<>(kept.read(query));
                if (query.latest()) {
                    Collections.reverse(found);
                }
                return found;
            }
        }), StoreContract::readsTheLatestOfWhatEachCombinationOfConditionsAsksFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(token, events.stream().map(e -> Event.of(e.cycle(), e.kind(), e.subject(), e.at(), e.numbers(),
                        e.payload().replace("\ufffd", "?"))).toList());
            }
        }), StoreContract::givesBackEventsThatAreHardToKeep);
        assertFails(store(BrokenStore::new), StoreContract::showsASecondObjectWhatTheFirstAppendsIfItIsPersistent);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(new FencingToken(Math.max(token.value(), kept.lastToken().map(FencingToken::value).orElse(1L))), events);
            }
        }), StoreContract::refusesAStaleTokenAndAppendsNothing);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                Thread.interrupted();
                return kept.append(token, events);
            }
        }), StoreContract::worksOnAnInterruptedThreadAndLeavesItInterrupted);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                kept.append(token, events.subList(0, 1));
                kept.append(token, List.of(Event.of("another", "k", "s", Instant.EPOCH, Map.of(), "{}")));
                return kept.append(token, events.subList(1, events.size()));
            }
        }), StoreContract::keepsTheEventsOfAnAppendTogetherWhenSeveralThreadsAppend);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public void close() {
                // Forgets that it is closed.
            }
        }), StoreContract::isClosedOnceAndThenRefusesEverythingElse);
    }

    @Test
    void aStoreThatGrantsWronglyFails() {
        // As a store that keeps the default method.
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                return new FencingToken(Math.max(atLeast.value(), 1 + kept.lastToken().map(FencingToken::value).orElse(0L)));
            }
        }), StoreContract::grantsAHigherTokenEachTimeIfItRemembersGrants, StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants,
                StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants,
                StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                return kept.grant(new FencingToken(1));
            }
        }), StoreContract::grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor);
        assertFails(store(() -> new BrokenStore() {
            private long granted;

            @Override
            public synchronized FencingToken grant(FencingToken atLeast) {
                granted = Math.max(atLeast.value(), granted + 1);
                return new FencingToken(granted);
            }
        }), StoreContract::grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(new FencingToken(Math.max(token.value(), kept.lastToken().map(FencingToken::value).orElse(1L))), events);
            }
        }), StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                kept.append(granted, List.of(Event.of("cycle", "granted", "s", Instant.EPOCH, Map.of(), "{}")));
                return granted;
            }
        }), StoreContract::appendsNothingWithAGrant);
        // As one that compares with "not above".
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                kept.grant(atLeast);
                return granted;
            }
        }), StoreContract::appendsNothingWithAGrant, StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public Optional<FencingToken> lastToken() {
                return kept.read(EventQuery.all().latest(1)).stream().map(StoredEvent::token).findFirst();
            }
        }), StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants);
        InMemoryStore log = new InMemoryStore();
        assertFails(store(() -> new KeepsGrantsInTheObject(log)), StoreContract::keepsItsGrantsWhenOpenedAgainIfItIsPersistentAndRemembersGrants);
        InMemoryStore another = new InMemoryStore();
        assertFails(store(() -> new KeepsGrantsInTheObject(another)),
                StoreContract::showsASecondObjectWhatTheFirstGrantsIfItIsPersistentAndRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            private final Exchanger<FencingToken> together = new Exchanger<>();

            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                try {
                    // Two who ask at once get the same.
                    FencingToken other = together.exchange(granted, 100, TimeUnit.MILLISECONDS);
                    return other.compareTo(granted) > 0 ? other : granted;
                } catch (InterruptedException | TimeoutException e) {
                    return granted;
                }
            }
        }), StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                Thread.interrupted();
                return kept.grant(atLeast);
            }
        }), StoreContract::worksOnAnInterruptedThreadAndLeavesItInterrupted);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                try {
                    return kept.grant(atLeast);
                } catch (StoreException e) {
                    return atLeast;
                }
            }
        }), StoreContract::isClosedOnceAndThenRefusesEverythingElse);
    }

    @Test
    void aStoreThatSaysItRemembersNoGrantIsCheckedForThat() throws Exception {
        StoreContract forgets = forgetful(ForgetsGrants::new);
        forgets.grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor();
        forgets.grantsAHigherTokenEachTimeIfItRemembersGrants();
        forgets.tellsTheTokenThatItHasGrantedIfItRemembersGrants();
        forgets.appendsNothingWithAGrant();
        forgets.refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants();
        forgets.grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants();
        assertFails(forgetful(InMemoryStore::new), StoreContract::grantsAHigherTokenEachTimeIfItRemembersGrants,
                StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants,
                StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants,
                StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
    }

    private StoreContract forgetful(Supplier<Store> stores) {
        StoreContract contract = new StoreContract() {
            @Override
            protected Store open(Path directory) {
                return stores.get();
            }

            @Override
            protected boolean remembersGrants() {
                return false;
            }
        };
        contract.directory = temp;
        return contract;
    }

    @Test
    void aFormatThatBreaksARuleFails() {
        assertFails(format(new ReplaceFormat() {
            @Override
            public String name() {
                return "Replace It";
            }
        }), PatchFormatContract::hasTheNameThatItsPatchesUse);
        assertFails(format(new ReplaceFormat() {
            private int plans;

            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                PatchPlan plan = super.plan(patch, tree, limits);
                return PatchPlan.edits(plan.edits(), "plan " + ++plans);
            }
        }), PatchFormatContract::plansTheSameTwiceAndOnAnyThread);
        assertFails(format(new ReplaceFormat() {
            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                if (!patch.text().contains(" -> ")) {
                    throw new IllegalStateException("no arrow");
                }
                return super.plan(patch, tree, limits);
            }
        }), PatchFormatContract::findsFaultWithGarbage, PatchFormatContract::throwsNothingButItsOwnExceptionsWhateverTheTextIs);
        assertFails(format(new ReplaceFormat() {
            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                return super.plan(patch, InMemoryFileTree.empty().with("a.txt", "the cat sat"), limits);
            }
        }), PatchFormatContract::doesNotApplyTwice, PatchFormatContract::isRefusedWhereTheTreeRefusesEveryPath);
    }

    @Test
    void aReporterThatBreaksARuleFails() {
        assertFails(reporter((report, output) -> System.out.println(report.summary())), ReporterContract::reportsEveryKindOfOutcome);
        assertFails(reporter((report, output) -> Files.writeString(report.workspace().resolve("report.txt"), "text")),
                ReporterContract::reportsACycleInWhichNothingHappened);
        assertFails(reporter((report, output) -> report.batch().outcomes().forEach(o -> output.console(o.reason()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.batch().outcomes(PatchOutcome.Kind.BLAMED).toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.trends().trends().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.trends().flakyTests().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> report.trends().alerts().forEach(alert -> output.console(alert.message()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.lessons().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> report.lessons().forEach(lesson -> output.console(lesson.suggestion().key()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.console(report.lessons().stream().flatMap(lesson -> lesson.feedback().stream()).toList()
                        .toString())), ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.console(report.title())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> {
            if (report.batch().outcomes().size() > 1_000) {
                System.err.println("this may take a while");
            }
        }), ReporterContract::reportsACycleOfThousandsOfPatches);
        assertFails(reporter(new Reporter() {
            private int reports;

            @Override
            public void report(SyncReport report, ReportOutput output) {
                output.console("report " + ++reports);
            }
        }), ReporterContract::keepsNothingFromOneReportForTheNext);
    }

    @Test
    void aSuiteThatBreaksARuleFails() {
        TestRun none = TestRun.of(Verdict.GREEN, "nothing ran", List.of(), Duration.ZERO);
        assertFails(suite(context -> none), TestSuiteContract::isGreenWhenItsTestsPass, TestSuiteContract::isRedAndNamesTheTestThatFails,
                TestSuiteContract::endsWithAnInterruptedExceptionOnAnInterruptedThread);
        assertFails(suite(new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                return none;
            }

            @Override
            public String fingerprint() {
                return toString() + System.nanoTime();
            }
        }), TestSuiteContract::hasTheFingerprintOfItsEquals);
        assertFails(suite(context -> context.only().isEmpty() && !context.endsAtFirstFailure()
                ? FixedSuiteTest.suite(Verdict.GREEN, TestResult.Status.PASSED).run(context) : none),
                TestSuiteContract::runsTheTestsThatAreWanted, TestSuiteContract::isRedWhenItMayEndAtTheFirstFailure);
        assertFails(suite(new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                return none;
            }

            @Override
            public boolean selective() {
                return true;
            }
        }), TestSuiteContract::isNotGreenWhenItIsSelectiveAndKnowsNoneOfTheTestsThatAreWanted);
        assertDoesNotThrow(() -> suite(FixedSuiteTest.suite(Verdict.GREEN, TestResult.Status.PASSED)).isGreenWhenItsTestsPass());
    }

    @Test
    void anImprovementRuleThatBreaksARuleFails() {
        assertFails(rule(new RetriesRule() {
            @Override
            public String name() {
                return "Many Retries";
            }
        }), ImprovementRuleContract::hasANameThatNeverChanges);
        assertFails(rule(new RetriesRule() {
            private int names;

            @Override
            public String name() {
                return "many-retries-" + ++names;
            }
        }), ImprovementRuleContract::hasANameThatNeverChanges);
        assertFails(rule(answering(context -> List.of())), ImprovementRuleContract::findsItsTrouble);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of())))),
                ImprovementRuleContract::findsNothingWhereAllIsWell);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("retries", List.of())))),
                ImprovementRuleContract::beginsItsKeysWithItsName);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of()),
                RetriesRule.suggestion("many-retries", List.of())))), ImprovementRuleContract::beginsItsKeysWithItsName);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of(4711L))))),
                ImprovementRuleContract::restsOnEventsThatTheHistoryHolds);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries:" + System.nanoTime(), List.of())))),
                ImprovementRuleContract::findsTheSameTwiceAndInAnotherInstance);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries:" + context.history().get(0).sequence(),
                List.of())))), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(answering(context -> {
            context.history().forEach(event -> Double.parseDouble(event.event().payload()));
            return List.of();
        })), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(answering(context -> null)), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(new RetriesRule() {
            @Override
            public boolean adopted(Suggestion suggestion, ImprovementContext context) {
                return context.history().get(0).sequence() > 1;
            }
        }), ImprovementRuleContract::throwsForNoHistory);
    }

    private static RetriesRule answering(Function<ImprovementContext, List<Suggestion>> answer) {
        return new RetriesRule() {
            @Override
            public List<Suggestion> examine(ImprovementContext context) {
                return answer.apply(context);
            }
        };
    }

    private static ImprovementRuleContract rule(ImprovementRule rule) {
        return new ImprovementRuleContract() {
            @Override
            protected ImprovementRule rule() {
                return rule;
            }

            @Override
            protected List<ImprovementContext> troubles() {
                return List.of(RetriesRuleTest.TROUBLE);
            }
        };
    }

    /** A rule that a contract checks. */
    private interface Rule<C> {
        void check(C contract) throws Exception;
    }

    @SafeVarargs
    private static <C> void assertFails(C contract, Rule<C>... rules) {
        for (Rule<C> rule : rules) {
            Executable check = () -> rule.check(contract);
            Throwable thrown = assertThrows(Throwable.class, check);
            // What fails on another thread arrives wrapped.
            assertInstanceOf(AssertionError.class, thrown instanceof ExecutionException e ? e.getCause() : thrown);
        }
    }

    private StoreContract store(Supplier<Store> stores) {
        StoreContract contract = new StoreContract() {
            @Override
            protected Store open(Path directory) {
                return stores.get();
            }
        };
        contract.directory = temp;
        return contract;
    }

    private static PatchFormatContract format(PatchFormat format) {
        return new PatchFormatContract() {
            @Override
            protected PatchFormat format() {
                return format;
            }

            @Override
            protected List<PatchSample> samples() {
                return List.of(ReplaceFormatTest.SAMPLE);
            }
        };
    }

    private ReporterContract reporter(Reporter reporter) {
        ReporterContract contract = new ReporterContract() {
            @Override
            protected Reporter reporter() {
                return reporter;
            }
        };
        contract.workspace = temp;
        return contract;
    }

    private TestSuiteContract suite(TestSuite suite) {
        TestSuiteContract contract = new TestSuiteContract() {
            @Override
            protected TestSuite green(Path workspace) {
                return suite;
            }

            @Override
            protected TestSuite red(Path workspace) {
                return suite;
            }

            @Override
            protected String failingTest() {
                return "a test";
            }
        };
        contract.workspace = temp;
        return contract;
    }

    /** A good store but for what a subclass breaks. */
    private static class BrokenStore implements Store {
        final InMemoryStore kept = new InMemoryStore();

        @Override
        public long append(FencingToken token, List<Event> events) {
            return kept.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            return kept.read(query);
        }

        @Override
        public FencingToken grant(FencingToken atLeast) {
            return kept.grant(atLeast);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return kept.lastToken();
        }

        @Override
        public void close() {
            kept.close();
        }
    }

    /** A store as it was before there were grants. */
    private static final class ForgetsGrants implements Store {
        private final InMemoryStore kept = new InMemoryStore();

        @Override
        public long append(FencingToken token, List<Event> events) {
            return kept.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            return kept.read(query);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return kept.lastToken();
        }

        @Override
        public void close() {
            kept.close();
        }
    }

    /** Keeps its events where every object sees them, and its grants where no other does. */
    private static final class KeepsGrantsInTheObject implements Store {
        private final InMemoryStore log;
        private long granted;

        KeepsGrantsInTheObject(InMemoryStore log) {
            this.log = log;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            if (token.value() < granted) {
                throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "stale", null);
            }
            return log.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            return log.read(query);
        }

        @Override
        public FencingToken grant(FencingToken atLeast) {
            granted = Math.max(atLeast.value(), 1 + lastToken().map(FencingToken::value).orElse(0L));
            return new FencingToken(granted);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            long seen = Math.max(granted, log.lastToken().map(FencingToken::value).orElse(0L));
            return seen == 0 ? Optional.empty() : Optional.of(new FencingToken(seen));
        }

        @Override
        public void close() {
            // The events outlive the object.
        }
    }
}
