package dev.autosync.core.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, where, with which environment and within which limits.
 *
 * <p>Threads: immutable; each method that sets something returns a new request. {@link #toString()} shows no value of the
 * environment, for it may be a secret.
 */
public final class ProcessRequest {
    /** How much of the beginning of each stream is kept unless set, in bytes. */
    public static final int DEFAULT_HEAD_BYTES = 64 * 1024;

    /** How much of the end of each stream is kept unless set, in bytes. */
    public static final int DEFAULT_TAIL_BYTES = 1024 * 1024;

    private final List<String> command;
    private @Nullable Path folder;
    private Map<String, String> environment = Map.of();
    private Set<String> passed = Set.of();
    private Duration timeout = Duration.ofMinutes(10);
    private @Nullable Duration idleTimeout;
    private boolean mergeErrors;
    private int headBytes = DEFAULT_HEAD_BYTES;
    private int tailBytes = DEFAULT_TAIL_BYTES;
    private BooleanSupplier cancelled = () -> false;

    private ProcessRequest(List<String> command) {
        this.command = command;
    }

    private ProcessRequest(ProcessRequest other) {
        command = other.command;
        folder = other.folder;
        environment = other.environment;
        passed = other.passed;
        timeout = other.timeout;
        idleTimeout = other.idleTimeout;
        mergeErrors = other.mergeErrors;
        headBytes = other.headBytes;
        tailBytes = other.tailBytes;
        cancelled = other.cancelled;
    }

    /**
     * A program and its arguments, passed on as they are: nothing is split, expanded or given to a shell.
     *
     * @param command the program first
     * @return a request with a time-out of 10 minutes, in the working folder of this process
     * @throws IllegalArgumentException if the command is empty, its program is, or a part holds NUL
     */
    public static ProcessRequest of(List<String> command) {
        List<String> copy = List.copyOf(command);
        if (copy.isEmpty() || copy.get(0).isEmpty()) {
            throw new IllegalArgumentException("command must name a program");
        }
        copy.forEach(part -> requireNoNul("command", part));
        return new ProcessRequest(copy);
    }

    /** The same request in a working folder. */
    public ProcessRequest in(Path folder) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.folder = Objects.requireNonNull(folder, "folder");
        return copy;
    }

    /**
     * The same request with one more variable for the child, whatever this process has under that name.
     *
     * @throws IllegalArgumentException if the name cannot be one, is {@link ProcessRunner#COOKIE}, or the value holds NUL
     */
    public ProcessRequest environment(String name, String value) {
        requireNoNul("value", value);
        ProcessRequest copy = new ProcessRequest(this);
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(requireName(name), value);
        copy.environment = Map.copyOf(more);
        return copy;
    }

    /**
     * The same request that passes variables of this process on beside those of {@link ChildEnvironment}.
     *
     * @param names variables; those that are not set are left out
     * @throws IllegalArgumentException if a name cannot be one or is {@link ProcessRunner#COOKIE}
     */
    public ProcessRequest pass(List<String> names) {
        ProcessRequest copy = new ProcessRequest(this);
        Set<String> more = new LinkedHashSet<>(passed);
        names.forEach(name -> more.add(requireName(name)));
        copy.passed = Set.copyOf(more);
        return copy;
    }

    /**
     * The same request with a limit on the whole run.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ProcessRequest timeout(Duration timeout) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.timeout = requirePositive(timeout);
        return copy;
    }

    /**
     * The same request with a limit on the time in which neither stream has said anything.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ProcessRequest idleTimeout(Duration timeout) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.idleTimeout = requirePositive(timeout);
        return copy;
    }

    /** The same request with both streams in one, in the order in which they were written. */
    public ProcessRequest mergeErrors() {
        ProcessRequest copy = new ProcessRequest(this);
        copy.mergeErrors = true;
        return copy;
    }

    /**
     * The same request with other bounds on what is kept of each stream.
     *
     * @param headBytes of the beginning, 0 or more
     * @param tailBytes of the end, 1 or more
     * @throws IllegalArgumentException if a bound is out of range
     */
    public ProcessRequest keep(int headBytes, int tailBytes) {
        if (headBytes < 0 || tailBytes < 1) {
            throw new IllegalArgumentException("headBytes must be 0 or more and tailBytes 1 or more, were " + headBytes + " and "
                    + tailBytes);
        }
        ProcessRequest copy = new ProcessRequest(this);
        copy.headBytes = headBytes;
        copy.tailBytes = tailBytes;
        return copy;
    }

    /**
     * The same request that can be called off without an interrupt.
     *
     * @param cancelled asked every 250 ms on the thread that waits; must be quick
     */
    public ProcessRequest cancelWhen(BooleanSupplier cancelled) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.cancelled = Objects.requireNonNull(cancelled, "cancelled");
        return copy;
    }

    List<String> command() {
        return command;
    }

    @Nullable Path folder() {
        return folder;
    }

    Map<String, String> environment() {
        return environment;
    }

    Set<String> passed() {
        return passed;
    }

    Duration timeout() {
        return timeout;
    }

    @Nullable Duration idleTimeout() {
        return idleTimeout;
    }

    boolean errorsAreMerged() {
        return mergeErrors;
    }

    boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    OutputBuffer newBuffer() {
        return new OutputBuffer(headBytes, tailBytes);
    }

    @Override
    public String toString() {
        return "ProcessRequest" + command + " in " + (folder == null ? "." : folder) + " within " + timeout;
    }

    private static Duration requirePositive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be more than zero, was " + timeout);
        }
        return timeout;
    }

    private static String requireName(String name) {
        requireNoNul("name", name);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.equals(ProcessRunner.COOKIE)) {
            throw new IllegalArgumentException("name cannot be a variable's: '" + name + "'");
        }
        return name;
    }

    private static void requireNoNul(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " must not hold the character NUL");
        }
    }
}
