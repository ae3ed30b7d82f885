package dev.autosync.exec;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import java.util.Map;

/**
 * Runs a program and leaves nothing of it behind.
 *
 * <p>The child gets its arguments unchanged and no shell, an environment of few variables, and an input that is at its end. What it
 * prints is read all the time and kept within bounds. When it has ended, however it did, and when its time is up, every process it
 * started is killed. The call returns within the time-out and 2 s, whatever the child does.
 *
 * <p>Known descendants are killed on every system. On Linux so are those that have left the tree: they are known by a variable of their
 * environment with a random value (the method of Jenkins' ProcessTreeKiller), by the pipes they hold, and where the system lets this process
 * make a control group (cgroup v2, {@code cgroup.kill}), by that.
 *
 * <p>Usable alone. Threads: safe to share; each run blocks its caller and uses two daemon threads, which end with it. A
 * reader can outlive its run only where {@link ProcessResult#outputMayBeIncomplete} says that a stranger holds the stream.
 *
 * @since 0.1.0
 */
public interface ProcessRunner {
    /** The variable by which a child and all its descendants are known: {@value}. Its value is new for each run. */
    String COOKIE = "AUTOSYNC_RUN";

    /**
     * A runner whose children get their allowed variables from this process.
     *
     * @return a runner
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if {@code autosync-core} is missing
     */
    static ProcessRunner create() {
        return create(System.getenv());
    }

    /**
     * A runner whose children get their allowed variables from a map.
     *
     * @param environment variables by name, as {@link System#getenv()} has them; copied
     * @return a runner
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if {@code autosync-core} is missing
     */
    static ProcessRunner create(Map<String, String> environment) {
        return Core.provider().processRunner(environment);
    }

    /**
     * Runs a program to its end.
     *
     * <p>Cost beside the program: about 20 ms for the look at the processes of the machine before and after, and one every 250 ms.
     *
     * @param request what to run
     * @return how it ended; a program that cannot be started is a result too
     * @throws InterruptedException if the thread was interrupted; the processes were killed before
     */
    ProcessResult run(ProcessRequest request) throws InterruptedException;

    /**
     * The environment that a program would get, but for the cookie of the run.
     *
     * @param request what would be run
     * @return variables by name
     */
    Map<String, String> environment(ProcessRequest request);
}
