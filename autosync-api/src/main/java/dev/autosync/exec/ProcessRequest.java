package dev.autosync.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, where, with which environment and within which limits.
 *
 * <p>Threads: immutable; each method that sets something returns a new request. {@link #toString()} shows no value of the
 * environment and no secret.
 *
 * @since 0.1.0
 */
public final class ProcessRequest {
    /** How much of the beginning of each stream is kept unless set, in bytes. */
    public static final int DEFAULT_HEAD_BYTES = 64 * 1024;

    /** How much of the end of each stream is kept unless set, in bytes. */
    public static final int DEFAULT_TAIL_BYTES = 1024 * 1024;

    private static final int MIN_SECRET = 8;

    private final List<String> command;
    private @Nullable Path folder;
    private Map<String, String> environment = Map.of();
    private Set<String> passed = Set.of();
    private Duration timeout = Duration.ofMinutes(10);
    private @Nullable Duration idleTimeout;
    private boolean mergeErrors;
    private int headBytes = DEFAULT_HEAD_BYTES;
    private int tailBytes = DEFAULT_TAIL_BYTES;
    private long outputLimit = Long.MAX_VALUE;
    private @Nullable Path spillFile;
    private long spillBytes;
    private List<String> secrets = List.of();
    private Duration grace = Duration.ZERO;
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
        outputLimit = other.outputLimit;
        spillFile = other.spillFile;
        spillBytes = other.spillBytes;
        secrets = other.secrets;
        grace = other.grace;
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

    /**
     * The same request in a working folder.
     *
     * @param folder must be there when the program is started
     * @return a new request
     */
    public ProcessRequest in(Path folder) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.folder = Objects.requireNonNull(folder, "folder");
        return copy;
    }

    /**
     * The same request with one more variable for the child, whatever this process has under that name.
     *
     * @param name the variable
     * @param value its value
     * @return a new request
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
     * The same request that passes variables of this process on beside those that every child gets: {@code PATH}, {@code HOME},
     * {@code USER}, {@code LOGNAME}, {@code LANG}, {@code LC_*}, {@code TZ}, {@code TMPDIR}, {@code JAVA_HOME}, {@code MAVEN_HOME} and
     * {@code M2_HOME}; on Windows also {@code SystemRoot}, {@code ComSpec}, {@code PATHEXT}, {@code TEMP}, {@code TMP} and {@code USERPROFILE}.
     *
     * @param names variables; those that are not set are left out
     * @return a new request
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
     * @param timeout more than zero
     * @return a new request
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
     * @param timeout more than zero
     * @return a new request
     * @throws IllegalArgumentException if it is zero or negative
     */
    public ProcessRequest idleTimeout(Duration timeout) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.idleTimeout = requirePositive(timeout);
        return copy;
    }

    /**
     * The same request with both streams in one, in the order in which they were written.
     *
     * @return a new request
     */
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
     * @return a new request
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
     * @return a new request
     */
    public ProcessRequest cancelWhen(BooleanSupplier cancelled) {
        ProcessRequest copy = new ProcessRequest(this);
        copy.cancelled = Objects.requireNonNull(cancelled, "cancelled");
        return copy;
    }

    /**
     * The same request with a limit on what both streams may print together. Past it the program is killed.
     *
     * @param bytes 0 or more
     * @return a new request
     * @throws IllegalArgumentException if it is negative
     */
    public ProcessRequest outputLimit(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be 0 or more, was " + bytes);
        }
        ProcessRequest copy = new ProcessRequest(this);
        copy.outputLimit = bytes;
        return copy;
    }

    /**
     * The same request with all that is printed written to a file as well, both streams in the order in which they were read.
     *
     * @param file created, or emptied if it is there; not followed if it is a symbolic link
     * @param maxBytes where the file ends, 1 or more; the run goes on
     * @return a new request
     * @throws IllegalArgumentException if the bound is less than 1
     */
    public ProcessRequest spill(Path file, long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, was " + maxBytes);
        }
        ProcessRequest copy = new ProcessRequest(this);
        copy.spillFile = Objects.requireNonNull(file, "file");
        copy.spillBytes = maxBytes;
        return copy;
    }

    /**
     * The same request with more secrets, each of which becomes {@code ***} wherever it is printed, as it is or as programs encode it (Base64,
     * hexadecimal, URL, JSON and others), before anything is kept or written.
     *
     * @param secrets of 8 characters or more each, not one character again and again
     * @return a new request
     * @throws IllegalArgumentException if one is shorter or one character again and again; the message does not show it
     */
    public ProcessRequest redact(String... secrets) {
        List<String> all = new ArrayList<>(this.secrets);
        for (String secret : secrets) {
            String bare = secret.strip();
            if (bare.length() < MIN_SECRET || bare.chars().distinct().limit(2).count() < 2) {
                throw new IllegalArgumentException("a secret must have " + MIN_SECRET
                        + " characters or more, and not one again and again: it would cover innocent text");
            }
            all.add(secret);
        }
        ProcessRequest copy = new ProcessRequest(this);
        copy.secrets = List.copyOf(all);
        return copy;
    }

    /**
     * The same request that asks a program to end (SIGTERM) before it is killed, when its time is up or it was called off. Not asked are
     * those that are left after the program has ended.
     *
     * @param grace how long to wait for it, zero (the default) to kill at once; it comes on top of the time-out
     * @return a new request
     * @throws IllegalArgumentException if it is negative
     */
    public ProcessRequest grace(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must be zero or more, was " + grace);
        }
        ProcessRequest copy = new ProcessRequest(this);
        copy.grace = grace;
        return copy;
    }

    /**
     * The program and its arguments.
     *
     * @return the program first
     */
    public List<String> command() {
        return command;
    }

    /**
     * The working folder.
     *
     * @return empty for that of this process
     */
    public Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /**
     * The variables that the child gets, whatever this process has.
     *
     * @return values by names
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * The variables of this process that the child gets beside the usual ones.
     *
     * @return their names
     */
    public Set<String> passed() {
        return passed;
    }

    /**
     * The limit on the whole run.
     *
     * @return more than zero; 10 minutes unless set
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The limit on silence.
     *
     * @return more than zero; empty for none
     */
    public Optional<Duration> idleTimeout() {
        return Optional.ofNullable(idleTimeout);
    }

    /**
     * Whether both streams are one.
     *
     * @return true if they are
     */
    public boolean errorsAreMerged() {
        return mergeErrors;
    }

    /**
     * How much of the beginning of each stream is kept.
     *
     * @return bytes
     */
    public int headBytes() {
        return headBytes;
    }

    /**
     * How much of the end of each stream is kept.
     *
     * @return bytes
     */
    public int tailBytes() {
        return tailBytes;
    }

    /**
     * How much may be printed.
     *
     * @return bytes; {@link Long#MAX_VALUE} unless set
     */
    public long outputLimit() {
        return outputLimit;
    }

    /**
     * Where all that is printed is written to.
     *
     * @return a file; empty for none
     */
    public Optional<Path> spillFile() {
        return Optional.ofNullable(spillFile);
    }

    /**
     * How long that file becomes at most.
     *
     * @return bytes; 0 without a file
     */
    public long spillBytes() {
        return spillBytes;
    }

    /**
     * What is not to be seen in the output.
     *
     * @return the secrets, in the clear
     */
    public List<String> secrets() {
        return secrets;
    }

    /**
     * How long a program may take to end when it is asked to.
     *
     * @return zero or more
     */
    public Duration grace() {
        return grace;
    }

    /**
     * Whether the run is called off.
     *
     * @return what {@link #cancelWhen} says now
     */
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public String toString() {
        String shown = "ProcessRequest" + command + " in " + (folder == null ? "." : folder) + " within " + timeout;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
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
