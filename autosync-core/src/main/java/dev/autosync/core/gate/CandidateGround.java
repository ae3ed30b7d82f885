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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/** Copies of the workspace, which itself does not change: with more than one, trees are tested side by side. */
final class CandidateGround implements TestGround {
    private final Snapshot workspace;
    private final Path origin;
    private final List<CandidateTree> copies;
    private final TestSuite suite;
    private final Optional<Transaction> transaction;
    private final Deque<CandidateTree> free = new ArrayDeque<>();
    private final Map<Object, Callable<TestRun>> begun = new LinkedHashMap<>();
    private final Map<Object, CandidateRun> running = new LinkedHashMap<>();
    private final BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
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
    public int places() {
        return copies.size();
    }

    @Override
    public void begin(Object key, PatchedTree tree, Asked asked) {
        TestRun known = asked.whole() ? ahead.remove(tree.overlay()) : null;
        if (known != null) {
            begun.put(key, () -> known);
        } else {
            begin(key, tree.overlay(), asked, TRIES);
        }
    }

    /** Begins to run the tests of the workspace as it stands, once. */
    void beginBaseline(Object key, Asked asked) {
        begin(key, Map.of(), asked, 1);
    }

    private void begin(Object key, Map<String, Optional<FileContent>> patched, Asked asked, int tries) {
        if (begun.size() + running.size() >= copies.size()) {
            throw new IllegalStateException("all copies are being tested");
        }
        CandidateTree copy = free.remove();
        Callable<TestRun> test = () -> {
            copy.bring(workspace, patched);
            return TestGround.run(suite, asked.of(TestContext.ofCopy(copy.root(), origin)), tries);
        };
        if (copies.size() == 1) {
            // On the caller's thread: a suite that is asked for one run at a time may not expect another.
            free.add(copy);
            begun.put(key, test);
        } else {
            running.put(key, new CandidateRun(copy, test, () -> ended.add(key)));
        }
    }

    @Override
    public Ended await() throws InterruptedException {
        Map.Entry<Object, Callable<TestRun>> first = begun.entrySet().stream().findFirst().orElse(null);
        if (first != null) {
            begun.remove(first.getKey());
            return new Ended(first.getKey(), CandidateRun.call(first.getValue()));
        }
        if (running.isEmpty()) {
            throw new IllegalStateException("no run was begun");
        }
        while (true) {
            Object key = ended.take();
            // One that was cancelled may say that it has ended, too.
            CandidateRun run = running.remove(key);
            if (run != null) {
                TestRun result = run.await();
                free.add(run.copy());
                return new Ended(key, result);
            }
        }
    }

    @Override
    public void cancel(Object key) {
        begun.remove(key);
        CandidateRun run = running.remove(key);
        if (run != null) {
            run.end();
            free.add(run.copy());
        }
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
        begun.clear();
        running.values().forEach(CandidateRun::interrupt);
        List.copyOf(running.keySet()).forEach(this::cancel);
    }

    @Override
    public void close() {
        endAll();
    }
}
