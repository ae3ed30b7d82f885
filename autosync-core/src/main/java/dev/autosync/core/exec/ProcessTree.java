package dev.autosync.core.exec;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of one run, as far as they can be known, and their end.
 *
 * <p>Threads: for the thread that waits for the run.
 */
final class ProcessTree {
    /*
     * Four nets, since each has a hole:
     *   1. Descendants, noted while the run lasts. A child whose parent ends is handed to another parent, and nobody can tell any more
     *      whose it was; so it must have been seen before. Hole: a double fork quicker than the next look.
     *   2. The cookie, a variable with a random value that every descendant inherits, whatever parent or session it has (the method of
     *      Jenkins' ProcessTreeKiller). Hole: a descendant started with an emptied environment; and it can be read on Linux only.
     *   3. The run's own pipes, see OutputPipes. Hole: a descendant with an emptied environment AND other output; and one with an
     *      emptied environment whose first process ended within a millisecond or so, before its pipes could be noted.
     *   4. A control group. Hole: a descendant that was born within the first millisecond or so, before the first process was moved into the
     *      group; and it needs permission.
     * A process that is known by its id alone is never killed: its start must be the one that was noted, for ids are given anew.
     */
    private static final int MOST_ROUNDS = 5;
    private static final long PAUSE_MILLIS = 30;
    private static final Retry ROUNDS = Retry.of(RetryPolicy.fixed(Duration.ofMillis(PAUSE_MILLIS)).attempts(MOST_ROUNDS)
            .onResult(nothingLeft -> !(boolean) nothingLeft).onFailure(failure -> false));

    private final Process root;
    private final String cookieEntry;
    private final OutputPipes pipes;
    private final Optional<ControlGroup> group;
    private final Map<ProcessHandle, Optional<Instant>> noted = new LinkedHashMap<>();
    private boolean foundOthers;

    ProcessTree(Process root, String run, String cookieEntry) {
        this.root = root;
        this.cookieEntry = cookieEntry;
        this.pipes = OutputPipes.of(root);
        this.group = ControlGroup.of(run, root);
    }

    /** Notes who is there now. Cost: in proportion to the processes of the machine, a few milliseconds. */
    void note() {
        noted.entrySet().removeIf(entry -> !isAlive(entry.getKey(), entry.getValue()));
        note(root.toHandle());
        List.copyOf(noted.keySet()).forEach(this::note);
    }

    private void note(ProcessHandle parent) {
        if (parent.isAlive()) { // else its id may already be another's, and that one's children are none of ours
            parent.descendants().forEach(this::add);
        }
    }

    /** Asks the first process and its descendants to end, and waits for the first one. */
    void ask(Duration grace, Patience patience) {
        if (grace.isZero()) {
            return;
        }
        note();
        // Through the handle: Process.destroy also closes the streams.
        root.toHandle().destroy();
        alive().forEach(ProcessHandle::destroy);
        long begun = System.nanoTime();
        long most = TreeRunner.nanos(grace);
        while (root.isAlive() && System.nanoTime() - begun < most && !patience.wasInterrupted()) {
            patience.pause(PAUSE_MILLIS);
        }
    }

    /** Kills all that is known of the run, until a look round finds nothing more. */
    void kill(Patience patience) {
        note(); // before the first process ends and its children get another parent
        // Through the handle: Process.destroyForcibly also closes the streams, with what was printed last still in them.
        root.toHandle().destroyForcibly();
        ROUNDS.callUninterruptibly(this::killAllThatIsFound);
        group.ifPresent(ControlGroup::close);
        patience.wasInterrupted();
    }

    /** Whether nothing more was found. */
    private boolean killAllThatIsFound() {
        note();
        if (ProcFs.isThere()) {
            ProcFs.find(handle -> true, folder -> ProcFs.hasVariable(folder, cookieEntry)).forEach(this::add);
        }
        group.ifPresent(own -> own.processes().forEach(this::add));
        List<ProcessHandle> alive = alive();
        foundOthers |= !alive.isEmpty();
        group.ifPresent(ControlGroup::kill);
        alive.forEach(ProcessHandle::destroyForcibly);
        return alive.isEmpty() && !root.isAlive();
    }

    /** Kills those that still hold the run's output open, and what they started. To be called after {@link #kill}. */
    void killHoldersOfOutput(Patience patience) {
        Set<ProcessHandle> first = pipes.writers();
        if (!first.isEmpty()) {
            patience.pause(PAUSE_MILLIS);
            pipes.writers().stream().filter(first::contains).forEach(this::add);
            kill(patience);
        }
    }

    /** Whether processes of the run were alive beside the first one when it was over. */
    boolean foundOthers() {
        return foundOthers;
    }

    /** The ids of those that are still alive. */
    List<Long> survivors() {
        List<Long> survivors = new ArrayList<>();
        if (root.isAlive()) {
            survivors.add(root.pid());
        }
        alive().forEach(handle -> survivors.add(handle.pid()));
        return survivors;
    }

    private void add(ProcessHandle handle) {
        if (handle.pid() != root.pid()) {
            noted.putIfAbsent(handle, handle.info().startInstant());
        }
    }

    private List<ProcessHandle> alive() {
        return noted.entrySet().stream().filter(entry -> isAlive(entry.getKey(), entry.getValue())).map(Map.Entry::getKey).toList();
    }

    private static boolean isAlive(ProcessHandle handle, Optional<Instant> start) {
        return handle.isAlive() && handle.info().startInstant().equals(start) && !(ProcFs.isThere() && ProcFs.isZombie(handle.pid()));
    }
}
