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
    private final Map<Map<String, Optional<FileContent>>, CandidateRun> begun = new LinkedHashMap<>();
    private final Map<Map<String, Optional<FileContent>>, TestRun> ahead = new HashMap<>();

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
    public TestRun run(PatchedTree tree, List<PatchedTree> likely) throws InterruptedException {
        TestRun known = ahead.remove(tree.overlay());
        return known != null ? known : run(tree.overlay(), TRIES, likely);
    }

    /** The tests of the workspace as it stands, once. */
    TestRun baseline(List<PatchedTree> likely) throws InterruptedException {
        return run(Map.of(), 1, likely);
    }

    /** Waits for a tree that was likely; empty if it is not being tested. */
    Optional<TestRun> await(PatchedTree tree) throws InterruptedException {
        CandidateRun run = begun.get(tree.overlay());
        return run == null ? Optional.empty() : Optional.of(finish(tree.overlay(), run));
    }

    private TestRun run(Map<String, Optional<FileContent>> patched, int tries, List<PatchedTree> likely) throws InterruptedException {
        if (copies.size() == 1) {
            return test(copies.get(0), patched, tries);
        }
        CandidateRun run = begun.get(patched);
        if (run == null) {
            run = begin(patched, tries);
        }
        beginLikely(patched, likely);
        return finish(patched, run);
    }

    private TestRun finish(Map<String, Optional<FileContent>> patched, CandidateRun run) throws InterruptedException {
        TestRun result = run.await();
        begun.remove(patched);
        collect();
        return result;
    }

    private TestRun test(CandidateTree copy, Map<String, Optional<FileContent>> patched, int tries) throws InterruptedException {
        copy.bring(workspace, patched);
        return TestGround.run(suite, TestContext.ofCopy(copy.root(), origin), tries);
    }

    private CandidateRun begin(Map<String, Optional<FileContent>> patched, int tries) {
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
        CandidateRun run = new CandidateRun(copy, () -> test(copy, patched, tries));
        begun.put(patched, run);
        return run;
    }

    private void beginLikely(Map<String, Optional<FileContent>> asked, List<PatchedTree> likely) {
        List<Map<String, Optional<FileContent>>> wanted = likely.stream().map(PatchedTree::overlay).toList();
        begun.entrySet().removeIf(entry -> {
            boolean useless = !entry.getKey().equals(asked) && !wanted.contains(entry.getKey());
            if (useless) {
                entry.getValue().end();
            }
            return useless;
        });
        collect();
        for (Map<String, Optional<FileContent>> patched : wanted) {
            if (!free.isEmpty() && !begun.containsKey(patched)) {
                begin(patched, TRIES);
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
