package dev.autosync.publish;

import java.util.Objects;

/**
 * A run that was started elsewhere.
 *
 * <p>Made by connectors that trigger. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class CiRun {

    /** How far a run is. Grows: code that switches over it needs a {@code default}. */
    public enum State {
        /** It waits or is at work. */
        RUNNING,
        /** It ended well. */
        SUCCESS,
        /** It ended badly. */
        FAILURE,
        /** Somebody stopped it. */
        CANCELLED,
        /** It cannot be found, or its end says nothing. */
        UNKNOWN
    }

    private final String id;
    private final String address;
    private final State state;

    private CiRun(String id, String address, State state) {
        this.id = id;
        this.address = address;
        this.state = state;
    }

    /**
     * A run.
     *
     * @param id the id under which the other side knows it
     * @param address where a person can look at it; empty if there is no such place
     * @param state how far it is
     * @return the run
     */
    public static CiRun of(String id, String address, State state) {
        return new CiRun(Objects.requireNonNull(id, "id"), Objects.requireNonNull(address, "address"),
                Objects.requireNonNull(state, "state"));
    }

    /**
     * The id under which the other side knows it.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Where a person can look at it.
     *
     * @return an address; empty if there is no such place
     */
    public String address() {
        return address;
    }

    /**
     * How far it is.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    @Override
    public String toString() {
        return id + " " + state;
    }
}
