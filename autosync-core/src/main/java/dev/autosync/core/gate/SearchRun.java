package dev.autosync.core.gate;

import dev.autosync.core.culprit.Ask;
import dev.autosync.core.culprit.Findings;
import dev.autosync.core.culprit.Search;
import dev.autosync.core.culprit.Seen;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the runs that a search asks for, side by side where there are places, until the search has ended, or the budget has, or the tests cannot
 * be run.
 */
final class SearchRun {
    /** So many questions in a row may come to nothing. */
    private static final int MOST_FUTILE = 5;

    /** After so many runs in which something never passed it is asked whether it does without any patch. */
    private static final int MANY = 6;

    private final Round round;
    private final Probes probes;
    private final Judge judge;
    private final Asked asked;
    private final Budget budget;
    private final Watcher watcher;
    private final Set<Ask> underWay = new LinkedHashSet<>();
    private final Map<Ask, Integer> answered = new HashMap<>();
    private final Set<Integer> known = new HashSet<>();
    private final List<BatchRun> log = new ArrayList<>();
    private final Map<Integer, Set<Integer>> learned = new HashMap<>();
    private int futile;
    private boolean looked;
    private @Nullable String ended;

    /**
     * The run of a search.
     *
     * @param asked what runs are asked for beside their patches
     * @param watcher is told of convictions
     */
    SearchRun(Round round, Probes probes, Judge judge, Asked asked, Budget budget, Watcher watcher) {
        this.round = round;
        this.probes = probes;
        this.judge = judge;
        this.asked = asked;
        this.budget = budget;
        this.watcher = watcher;
    }

    /** Watches a search. */
    interface Watcher {
        /**
         * A patch was convicted.
         *
         * @param log the runs so far, as they count
         * @return why the search is not to go on; null if it is
         */
        @Nullable String convicted(int patch, List<BatchRun> log) throws InterruptedException;

        /**
         * In many runs something has never passed.
         *
         * @param log the runs so far, as they count
         * @return why the search is not to go on; null if it is
         */
        @Nullable String nothingEverPassed(List<BatchRun> log) throws InterruptedException;
    }

    /**
     * How a search has ended.
     *
     * @param log the runs that it was told, as they count
     * @param why why it has ended before its time; null if it has not
     * @param needs what was found out about which patches need which, on which it is to begin again; empty if it need not
     */
    record Result(Findings findings, List<BatchRun> log, @Nullable String why, Map<Integer, Set<Integer>> needs) {}

    Result make(Search search) throws InterruptedException {
        while (ended == null) {
            begin(search);
            if (ended == null && underWay.isEmpty()) {
                break;
            }
            if (ended == null) {
                Probes.Ended run = probes.await();
                Ask ask = (Ask) run.key();
                underWay.remove(ask);
                budget.took(run.run().run().duration());
                answer(search, ask, run.run());
                cancelUseless(search);
            }
        }
        underWay.forEach(probes::cancel);
        return new Result(search.findings(), log, ended, learned);
    }

    private void begin(Search search) throws InterruptedException {
        // What was paid for is waited for before a budget ends the search.
        while (ended == null && underWay.size() < probes.places() && (underWay.isEmpty() || budget.spent().isEmpty())) {
            Ask ask = search.next().orElse(null);
            if (ask == null) {
                return;
            }
            Probes.Candidate candidate = round.part(ask.patches()).map(Round.Part::candidate).orElse(null);
            if (candidate == null) {
                learned.putAll(round.missing(ask.patches()));
                ended = "patches do not apply without others on which they do not seem to depend";
                return;
            }
            Asked of = asked(ask);
            begin(search, ask, candidate, of);
        }
    }

    private void begin(Search search, Ask ask, Probes.Candidate candidate, Asked of) throws InterruptedException {
        List<BatchRun> runs = probes.known(candidate.ids(), of);
        int before = answered.getOrDefault(ask, 0);
        if (runs.size() > before) {
            answer(search, ask, runs.get(before));
        } else if (budget.spent().isPresent()) {
            search.answer(ask, Seen.none());
            ended = underWay.isEmpty() ? budget.spent().get() : ended;
        } else {
            budget.begin();
            Optional<BatchRun> remembered = probes.begin(ask, candidate, of);
            if (remembered.isPresent()) {
                budget.took(remembered.get().run().duration());
                answer(search, ask, remembered.get());
            } else {
                underWay.add(ask);
            }
        }
    }

    private Asked asked(Ask ask) {
        return ask.only().isEmpty() ? asked : asked.only(ask.only());
    }

    private void answer(Search search, Ask ask, BatchRun run) throws InterruptedException {
        Verdict verdict = run.run().verdict();
        if (run.isPartial() && (verdict == Verdict.NO_TESTS || verdict == Verdict.STALE_REPORT)) {
            // Whether they are not there, or a build hides them, only a run of all tells.
            begin(search, ask, round.part(ask.patches()).orElseThrow().candidate(), Asked.all(asked.first()));
            return;
        }
        if (!verdict.evidence()) {
            ended = judge.couldNotRun(run);
            return;
        }
        answered.merge(ask, 1, Integer::sum);
        BatchRun counts = judge.seen(run);
        log.add(counts);
        Seen seen = seen(counts);
        if (seen.colour() == Seen.Colour.NONE) {
            nothing(search, ask, "only tests fail that are flaky: " + Judge.names(probes.flaky()));
            return;
        }
        futile = 0;
        search.answer(ask, seen);
        drop(search);
        if (ended == null && !looked && log.size() >= MANY && nothingEverPassed()) {
            looked = true;
            List.copyOf(underWay).forEach(other -> cancel(search, other));
            String why = watcher.nothingEverPassed(log);
            ended = why == null ? ended : why;
        }
    }

    /** Whether there is a test that has failed in all runs that came to their tests, or no run has been green where none names tests. */
    private boolean nothingEverPassed() {
        Set<String> always = null;
        for (BatchRun run : log) {
            Set<String> failed = run.run().failures().stream().map(TestResult::id).collect(Collectors.toSet());
            if (run.run().green() || always != null && !failed.isEmpty() && Collections.disjoint(always, failed)) {
                return false;
            }
            if (always == null || always.isEmpty()) {
                always = failed;
            } else if (!failed.isEmpty()) {
                always.retainAll(failed);
            }
        }
        return true;
    }

    private Seen seen(BatchRun run) {
        if (run.run().green()) {
            return Seen.green();
        }
        Set<String> failed = new LinkedHashSet<>();
        Set<String> passed = new LinkedHashSet<>();
        for (TestResult test : run.run().results()) {
            if (test.status() == TestResult.Status.FAILED) {
                failed.add(test.id());
            } else if (test.status() == TestResult.Status.PASSED) {
                passed.add(test.id());
            }
        }
        boolean named = !failed.isEmpty();
        failed.removeAll(probes.flaky());
        return named && failed.isEmpty() ? Seen.none() : Seen.red(failed, passed);
    }

    private void nothing(Search search, Ask ask, String why) {
        search.answer(ask, Seen.none());
        if (++futile == MOST_FUTILE) {
            ended = why;
        }
    }

    /** What does not apply any more without those that were convicted goes with them. */
    private void drop(Search search) throws InterruptedException {
        Findings findings = search.findings();
        boolean more = false;
        for (Findings.Conviction conviction : findings.convicted()) {
            if (known.add(conviction.patch())) {
                more = true;
                if (!greenInFull(log)) {
                    // The tree without patches may have to be looked at, alone.
                    List.copyOf(underWay).forEach(ask -> cancel(search, ask));
                }
                String why = watcher.convicted(conviction.patch(), log);
                ended = why == null ? ended : why;
            }
        }
        if (more) {
            List<Integer> left = new ArrayList<>(findings.green());
            left.addAll(findings.undecided());
            search.drop(round.lost(left.stream().sorted().toList()));
        }
    }

    /** Whether a run of all tests was green: then it is the patches that make others red. */
    static boolean greenInFull(List<BatchRun> runs) {
        return runs.stream().anyMatch(run -> run.run().green() && !run.isPartial());
    }

    private void cancelUseless(Search search) {
        for (Ask ask : List.copyOf(underWay)) {
            if (!search.tells(ask)) {
                cancel(search, ask);
            }
        }
    }

    private void cancel(Search search, Ask ask) {
        underWay.remove(ask);
        probes.cancel(ask);
        search.answer(ask, Seen.none());
    }
}
