package dev.autosync.lock;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Who holds, or last held, a workspace. For messages only: the operating system's lock is the truth.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class LockOwner {

    /** What can be said about the process of an owner. */
    public enum State {
        /** The process runs on this machine. */
        ALIVE,
        /** The process is there and does nothing: somebody has stopped it. */
        STALLED,
        /** The process has ended. */
        DEAD,
        /** It cannot be told from here: another host, or a process namespace of its own. */
        UNKNOWN
    }

    private final String host;
    private final long pid;
    private final String phase;
    private final Instant since;
    private final Instant lastSign;
    private final State state;

    private LockOwner(String host, long pid, String phase, Instant since, Instant lastSign, State state) {
        this.host = Objects.requireNonNull(host, "host");
        this.pid = pid;
        this.phase = Objects.requireNonNull(phase, "phase");
        this.since = Objects.requireNonNull(since, "since");
        this.lastSign = Objects.requireNonNull(lastSign, "lastSign");
        this.state = Objects.requireNonNull(state, "state");
    }

    /**
     * An owner.
     *
     * @param host the name of its machine
     * @param pid its process
     * @param phase what it said it was doing, in lower case
     * @param since when it took the workspace
     * @param lastSign when it last said what it was doing
     * @param state what can be said about the process
     * @return the owner
     */
    public static LockOwner of(String host, long pid, String phase, Instant since, Instant lastSign, State state) {
        return new LockOwner(host, pid, phase, since, lastSign, state);
    }

    /**
     * The name of its machine.
     *
     * @return a host name
     */
    public String host() {
        return host;
    }

    /**
     * Its process.
     *
     * @return the process id on {@link #host()}
     */
    public long pid() {
        return pid;
    }

    /**
     * What it said it was doing.
     *
     * @return the name of a phase, in lower case
     */
    public String phase() {
        return phase;
    }

    /**
     * When it took the workspace, by its own clock.
     *
     * @return the time
     */
    public Instant since() {
        return since;
    }

    /**
     * When it last said what it was doing, by its own clock: at the beginning of each phase, and of each run of tests.
     *
     * @return the time
     */
    public Instant lastSign() {
        return lastSign;
    }

    /**
     * What can be said about the process.
     *
     * @return the state when it was asked for
     */
    public State state() {
        return state;
    }

    @Override
    public String toString() {
        String condition = state == State.STALLED ? "alive, stalled since " + lastSign : state.name().toLowerCase(Locale.ROOT);
        return "process " + pid + " on " + host + " (" + condition + "), in phase " + phase + ", since " + since;
    }
}
