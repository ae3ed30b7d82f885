package dev.autosync.core.exec;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a run of a process ended. Threads: immutable.
 *
 * @param reason why it ended
 * @param exitCode what the child returned; empty unless {@link Reason#EXITED}
 * @param failure why it could not be started, text of the system; empty unless {@link Reason#START_FAILED}
 * @param duration from the call to the return, clean-up included
 * @param output standard output, and standard error too if they were merged
 * @param errors standard error; nothing if they were merged
 * @param outputMayBeIncomplete whether somebody could still have printed when the run was over: processes were left that had to be
 *     killed, or a stream was still open after the kill because something unknown holds it
 * @param survivors ids of processes of this run that were alive after the kill; empty is what is hoped for, and no proof
 * @param killedByCookie whether processes were sought by the run's cookie too, which finds those that left the tree; on other systems
 *     than Linux only known descendants were killed
 */
public record ProcessOutcome(Reason reason, OptionalInt exitCode, String failure, Duration duration, CapturedOutput output,
        CapturedOutput errors, boolean outputMayBeIncomplete, List<Long> survivors, boolean killedByCookie) {

    /** Why a run ended. */
    public enum Reason {
        /** The child ended by itself, or somebody else ended it. */
        EXITED,
        /** The whole time was up. */
        TIMED_OUT,
        /** Neither stream said anything for too long. */
        IDLE,
        /** {@link ProcessRequest#cancelWhen} said so. */
        CANCELLED,
        /** There never was a child. */
        START_FAILED
    }

    /** Checks nothing, copies the list. */
    public ProcessOutcome {
        survivors = List.copyOf(survivors);
    }

    static ProcessOutcome notStarted(String failure, Duration duration) {
        return new ProcessOutcome(Reason.START_FAILED, OptionalInt.empty(), failure, duration, CapturedOutput.NONE,
                CapturedOutput.NONE, false, List.of(), false);
    }

    /** Whether the child ended by itself with exit code 0. */
    public boolean succeeded() {
        return exitCode.isPresent() && exitCode.getAsInt() == 0;
    }

    /**
     * The signal that ended the child, as shells and Java encode it: an exit code above 128. A program may also exit with such a code.
     *
     * @return 1 to 64; empty if there was none, and on Windows, where exit codes mean other things
     */
    public OptionalInt signal() {
        if (exitCode.isEmpty() || Platform.WINDOWS) {
            return OptionalInt.empty();
        }
        int signal = exitCode.getAsInt() - 128;
        return signal >= 1 && signal <= 64 ? OptionalInt.of(signal) : OptionalInt.empty();
    }
}
