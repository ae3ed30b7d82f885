package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.journal.Recovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process in the middle of its transactions is sent SIGKILL at a random moment. Every tenth time the one that recovers dies too.
 *
 * <p>The control does not recover; the peer has nothing to recover with.
 */
final class Kills implements CrashBench.Case {
    private static final String CASE = "kill";

    /** A control that has been lucky is tried again, up to so many times as often. */
    static final int MORE = 10;

    private static final String SAME_BOOT = "boot";
    private static final int LONGEST_MILLIS = 100;

    /** No recovery of these makes many more. */
    static final int RECOVERY_CALLS = 60;

    private final Random random = new Random();

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        kill(WorkerKind.JOURNAL, true, folder.resolve("ours"), trials.runs(20, 10_000), ours);
        trials.say(ours);
        Tally control = new Tally(CASE, Tally.CONTROL);
        kill(WorkerKind.JOURNAL, false, folder.resolve("control"), trials.controls(4, 200), control);
        trials.sayControl(control);
        Tally peer = new Tally(CASE, Tally.PER_FILE);
        kill(WorkerKind.PER_FILE, false, folder.resolve("peer"), trials.controls(4, 200), peer);
        trials.say(peer);
    }

    void kill(WorkerKind kind, boolean recovers, Path root, int runs, Tally tally) throws IOException {
        long version = 0;
        VersionedTree.create(root, version);
        try (Worker.Pool pool = new Worker.Pool(kind, root)) {
            for (int i = 1; i <= runs || tally.mustFail() && i <= MORE * runs; i++) {
                tally.slowRun();
                try (Worker worker = pool.take()) {
                    worker.begin(version, SAME_BOOT);
                    worker.awaitFirst();
                    LockSupport.parkNanos((long) (random.nextDouble() * TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS)));
                    version = worker.kill();
                }
                if (recovers) {
                    recover(root, i % 10 == 0, tally);
                }
                VersionedTree.Found found = VersionedTree.look(root, version, version + 1);
                if (found.version().isEmpty()) {
                    tally.violation(found.problem());
                }
                if (recovers && found.version().isPresent()) {
                    version = found.version().getAsLong();
                } else {
                    WorkFolder.delete(root);
                    VersionedTree.create(root, version);
                }
            }
        }
    }

    private void recover(Path root, boolean dies, Tally tally) throws IOException {
        boolean torn = JournalFrames.torn(root.resolve(".autosync/journal"));
        boolean died = false;
        if (dies) {
            Faults death = Faults.at(1 + random.nextInt(RECOVERY_CALLS), Faults.Kind.KILL);
            try {
                Reopening.of(root, death.over(new RealFiles(root)), SAME_BOOT);
            } catch (AutoSyncException e) {
                died = death.fired();
            }
        }
        tally.count("died-in-recovery", died);
        Optional<Recovery.Result> result = Reopening.of(root, new RealFiles(root), SAME_BOOT);
        Reopening.note(tally, result, torn);
    }
}
