package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs the tests on trees with patches; keeps the minutes. */
final class Probes {
    private final Snapshot before;
    private final TestGround ground;
    private final EarlierRuns earlier;
    private final ProgressListener listener;
    private final int batchSize;
    private final List<BatchRun> runs = new ArrayList<>();
    private final Map<Question, List<BatchRun>> known = new LinkedHashMap<>();
    private final Map<Object, Begun> begun = new LinkedHashMap<>();
    private final Map<Integer, String> contents = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();
    private final Set<String> flaky = new LinkedHashSet<>();
    private int decided;
    private int numbers;

    /**
     * The probes of a batch.
     *
     * @param earlier knows runs that were made before a crash
     * @param batchSize how many patches there are in all, for those who watch
     */
    Probes(Snapshot before, TestGround ground, EarlierRuns earlier, ProgressListener listener, int batchSize) {
        this.before = before;
        this.ground = ground;
        this.earlier = earlier;
        this.listener = listener;
        this.batchSize = batchSize;
    }

    /**
     * A tree to be tested.
     *
     * @param ids the patches of the batch that are in it
     * @param tree what it holds
     */
    record Candidate(List<String> ids, PatchedTree tree) {}

    private record Question(List<String> ids, Set<String> only, boolean failFast) {
        static Question of(List<String> ids, Asked asked) {
            return new Question(List.copyOf(ids), asked.only(), asked.failFast());
        }
    }

    private record Begun(int number, Candidate candidate, String content, Asked asked) {}

    /**
     * A run that was begun and has ended.
     *
     * @param key what it was begun with
     */
    record Ended(Object key, BatchRun run) {}

    /** Notes a run that was made before the batch was taken on. */
    void note(BatchRun run) {
        runs.add(run);
    }

    /** Says how many patches are decided so far, for those who watch. */
    void decided(int patches) {
        decided = patches;
    }

    int places() {
        return ground.places();
    }

    /**
     * The runs that answer a question, in the order in which they have ended. A run of all tests answers every question, one of some tests only its own.
     *
     * @param ids the patches in the tree
     */
    List<BatchRun> known(List<String> ids, Asked asked) {
        List<BatchRun> found = new ArrayList<>(known.getOrDefault(new Question(ids, Set.of(), false), List.of()));
        if (!asked.whole()) {
            found.addAll(known.getOrDefault(Question.of(ids, asked), List.of()));
        }
        return found;
    }

    /** The run of a tree: one that is known, or a new one. Nothing may be under way. */
    BatchRun test(Candidate candidate, Asked asked) throws InterruptedException {
        List<BatchRun> before = known(candidate.ids(), asked);
        return before.isEmpty() ? again(candidate, asked) : before.get(before.size() - 1);
    }

    /** A new run of a tree. Nothing may be under way. */
    BatchRun again(Candidate candidate, Asked asked) throws InterruptedException {
        if (!begun.isEmpty()) {
            throw new IllegalStateException("another run is under way, and would be taken for this one");
        }
        Object key = new Object();
        Optional<BatchRun> remembered = begin(key, candidate, asked);
        return remembered.isPresent() ? remembered.get() : await().run();
    }

    /**
     * Begins a run.
     *
     * @param key what it is known by
     * @return the run, if it was made before a crash; nothing is begun then
     */
    Optional<BatchRun> begin(Object key, Candidate candidate, Asked asked) throws InterruptedException {
        int number = ++numbers;
        String content = before.contentHashWith(candidate.tree().overlay());
        note(candidate.tree());
        Begun run = new Begun(number, candidate, content, asked);
        Optional<TestRun> remembered = earlier.take(content, asked);
        if (remembered.isPresent()) {
            return Optional.of(take(run, remembered.get()));
        }
        listener.onProgress(Progress.of(CyclePhase.GATE, "test run " + number + " with " + describe(candidate.ids().size()), decided, batchSize));
        begun.put(key, run);
        ground.begin(key, candidate.tree(), asked);
        return Optional.empty();
    }

    /** Waits for a run that was begun. */
    Ended await() throws InterruptedException {
        TestGround.Ended ended = ground.await();
        Begun run = begun.remove(ended.key());
        if (run == null) {
            throw new IllegalStateException("nobody has begun this run");
        }
        earlier.keep(run.content(), run.asked(), ended.run());
        return new Ended(ended.key(), take(run, ended.run()));
    }

    /** Ends a run that was begun; nothing is known of it then. */
    void cancel(Object key) {
        begun.remove(key);
        ground.cancel(key);
    }

    private BatchRun take(Begun begun, TestRun tests) {
        List<String> ids = begun.candidate().ids();
        Asked asked = begun.asked();
        // What was to end at the first failure and is green has run all.
        boolean all = asked.only().isEmpty() && (!asked.failFast() || tests.green());
        BatchRun run = BatchRun.of(begun.number(), ids, tests);
        run = all ? run.content(begun.content()) : run.partial();
        runs.add(run);
        contents.put(begun.number(), begun.content());
        if (tests.verdict().evidence()) {
            if (all) {
                // Of runs of some tests nothing is said: a test may pass alone and fail beside others.
                for (BatchRun other : known.getOrDefault(new Question(ids, Set.of(), false), List.of())) {
                    flaky.addAll(contradictions(other, run));
                }
            }
            known.computeIfAbsent(new Question(List.copyOf(ids), asked.only(), asked.failFast() && !tests.green()), question -> new ArrayList<>()).add(run);
        }
        return run;
    }

    private static Set<String> contradictions(BatchRun before, BatchRun now) {
        Map<String, Status> then = new HashMap<>();
        before.run().results().forEach(test -> then.put(test.id(), test.status()));
        Set<String> found = new LinkedHashSet<>();
        for (TestResult test : now.run().results()) {
            Status other = then.get(test.id());
            if (other == Status.FAILED && test.status() == Status.PASSED || other == Status.PASSED && test.status() == Status.FAILED) {
                found.add(test.id());
            }
        }
        return found;
    }

    /** The tests that have failed and passed on the same content. */
    Set<String> flaky() {
        return flaky;
    }

    /** What the tests said in a run, whatever was made of it since. */
    TestRun asRun(BatchRun run) {
        return runs.stream().filter(of -> of.number() == run.number()).findFirst().orElse(run).run();
    }

    /** The content hash of the tree of a run, of some tests too; empty if nobody knows. */
    String content(int number) {
        return contents.getOrDefault(number, "");
    }

    List<BatchRun> runs() {
        return runs;
    }

    private void note(PatchedTree tree) {
        tree.overlay().forEach((path, content) -> {
            if (!content.equals(tree.disk().get(path))) {
                changed.add(path);
            }
        });
    }

    /** The paths that have held something else in a run than before the batch, in their order. */
    Set<String> changed() {
        return changed;
    }

    private static String describe(int patches) {
        return patches == 1 ? "1 patch" : patches + " patches";
    }
}
