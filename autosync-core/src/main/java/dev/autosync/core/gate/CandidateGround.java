package dev.autosync.core.gate;

import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies of the workspace, which itself does not change. With more than one copy, trees that are likely to be asked for next are tested beside
 * the one that is; what they say is used only if they are asked for, so that answers do not depend on how many copies there are.
 */
final class CandidateGround implements TestGround {
    private final Snapshot workspace;
    private final Path origin;
    private final List<CandidateTree> copies;
    private final TestSuite suite;
    private final Optional<Transaction> transaction;
    private final Deque<CandidateTree> free = new ArrayDeque<>();
    private final Map<Work, CandidateRun> begun = new LinkedHashMap<>();
    private final Map<Map<String, Optional<FileContent>>, TestRun> ahead = new HashMap<>();

    /** A run of a tree. */
    private record Work(Map<String, Optional<FileContent>> patched, Asked asked) {}

    /**
     * The copies for one batch.
     *
     * @param workspace what the workspace holds
     * @param origin its root
     * @param copies the copies, one or more
     * @param transaction makes the workspace hold what has landed; empty if nothing will
     */
    CandidateGround(Snapshot workspace, Path origin, List<CandidateTree> copies, TestSuite suite, Optional<Transaction> transaction) {
        this.workspace = workspace;
        this.origin = origin;
        this.copies = copies;
        this.suite = suite;
        this.transaction = transaction;
        free.addAll(copies);
    }

    /** The same with the answer for a tree that was tested before. */
    CandidateGround knowing(Map<Map<String, Optional<FileContent>>, TestRun> tested) {
        ahead.putAll(tested);
        return this;
    }

    @Override
    public TestRun run(PatchedTree tree, List<PatchedTree> likely, Asked asked) throws InterruptedException {
        TestRun known = asked.whole() ? ahead.remove(tree.overlay()) : null;
        return known != null ? known : run(new Work(tree.overlay(), asked), TRIES, likely);
    }

    /** The tests of the workspace as it stands, once. */
    TestRun baseline(List<PatchedTree> likely, Asked asked) throws InterruptedException {
        return run(new Work(Map.of(), asked), 1, likely);
    }

    /** Waits for a tree that was likely; empty if it is not being tested. */
    Optional<TestRun> await(PatchedTree tree, Asked asked) throws InterruptedException {
        Work work = new Work(tree.overlay(), asked);
        CandidateRun run = begun.get(work);
        return run == null ? Optional.empty() : Optional.of(finish(work, run));
    }

    private TestRun run(Work work, int tries, List<PatchedTree> likely) throws InterruptedException {
        if (copies.size() == 1) {
            return test(copies.get(0), work, tries);
        }
        CandidateRun run = begun.get(work);
        if (run == null) {
            run = begin(work, tries);
        }
        beginLikely(work, likely);
        return finish(work, run);
    }

    private TestRun finish(Work work, CandidateRun run) throws InterruptedException {
        TestRun result = run.await();
        begun.remove(work);
        collect();
        return result;
    }

    private TestRun test(CandidateTree copy, Work work, int tries) throws InterruptedException {
        copy.bring(workspace, work.patched());
        return TestGround.run(suite, work.asked().of(TestContext.ofCopy(copy.root(), origin)), tries);
    }

    private CandidateRun begin(Work work, int tries) {
        collect();
        if (free.isEmpty()) {
            // All copies are busy with what was only likely.
            begun.entrySet().stream().filter(entry -> !entry.getValue().ended()).findFirst().ifPresent(entry -> {
                entry.getValue().end();
                begun.remove(entry.getKey());
            });
            collect();
        }
        CandidateTree copy = free.remove();
        CandidateRun run = new CandidateRun(copy, () -> test(copy, work, tries));
        begun.put(work, run);
        return run;
    }

    private void beginLikely(Work asked, List<PatchedTree> likely) {
        List<Work> wanted = likely.stream().map(tree -> new Work(tree.overlay(), asked.asked())).toList();
        begun.entrySet().removeIf(entry -> {
            boolean useless = !entry.getKey().equals(asked) && !wanted.contains(entry.getKey());
            if (useless) {
                entry.getValue().end();
            }
            return useless;
        });
        collect();
        for (Work work : wanted) {
            if (!free.isEmpty() && !begun.containsKey(work)) {
                begin(work, TRIES);
            }
        }
    }

    /** Takes back the copies of runs that have ended. */
    private void collect() {
        copies.stream().filter(copy -> !free.contains(copy))
                .filter(copy -> begun.values().stream().noneMatch(run -> run.copy() == copy && !run.ended()))
                .forEach(free::add);
    }

    @Override
    public void land(PatchedTree tree) {
        endAll();
        transaction.ifPresent(of -> of.moveTo(tree.overlay(), tree.disk()));
    }

    @Override
    public List<TestChange> changes() throws InterruptedException {
        endAll();
        Set<String> changes = new TreeSet<>();
        for (CandidateTree copy : copies) {
            changes.addAll(copy.takeChanges());
        }
        return changes.stream()
                .map(path -> TestChange.of(path, TestChange.Treatment.DISCARDED, "changed by the tests in a copy of the workspace", null)).toList();
    }

    private void endAll() {
        begun.values().forEach(CandidateRun::interrupt);
        begun.values().forEach(CandidateRun::end);
        begun.clear();
        collect();
    }

    @Override
    public void close() {
        endAll();
    }
}
