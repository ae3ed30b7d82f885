package dev.autosync.core.exec;

import dev.autosync.core.exec.ProcessOutcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a program and leaves nothing of it behind.
 *
 * <p>The child gets its arguments unchanged and no shell, an environment of few variables, and an input that is at its end. What it
 * prints is read all the time and kept within bounds. When it has ended, however it did, and when its time is up, every process it
 * started is killed. The call returns within the time-out and 2 s, whatever the child does.
 *
 * <p>Usable alone. Threads: immutable, safe to share; each run blocks its caller and uses two daemon threads, which end with it. A
 * reader can outlive its run only where {@link ProcessOutcome#outputMayBeIncomplete} says that a stranger holds the stream.
 */
public final class ProcessRunner {
    /** The variable by which a child and all its descendants are known: {@value}. Its value is new for each run. */
    public static final String COOKIE = "AUTOSYNC_RUN";

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_JOIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Map<String, String> parentEnvironment;

    /** A runner whose children get their allowed variables from this process. */
    public ProcessRunner() {
        this(System.getenv());
    }

    /**
     * A runner whose children get their allowed variables from a map.
     *
     * @param parentEnvironment variables by name, as {@link System#getenv()} has them
     */
    public ProcessRunner(Map<String, String> parentEnvironment) {
        this.parentEnvironment = Map.copyOf(parentEnvironment);
    }

    /**
     * The environment that a program would get, but for the cookie of the run.
     *
     * @param request what would be run
     * @return variables by name
     */
    public Map<String, String> environment(ProcessRequest request) {
        return ChildEnvironment.of(parentEnvironment, request, Platform.WINDOWS);
    }

    /**
     * Runs a program to its end.
     *
     * @param request what to run
     * @return how it ended; a program that cannot be started is an outcome too
     * @throws InterruptedException if the thread was interrupted; the processes were killed before
     */
    public ProcessOutcome run(ProcessRequest request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before the start of " + request.command().get(0));
        }
        long begun = System.nanoTime();
        String cookie = UUID.randomUUID().toString();
        Process process;
        try {
            process = start(request, cookie);
        } catch (IOException e) {
            return ProcessOutcome.notStarted(String.valueOf(e.getMessage()), since(begun));
        }
        ProcessTree tree = new ProcessTree(process, COOKIE + "=" + cookie);
        List<OutputPump> pumps = new ArrayList<>();
        Patience patience = new Patience();
        Reason reason;
        boolean allRead;
        try {
            AtomicLong lastOutput = new AtomicLong(begun);
            pump(process, request, lastOutput, pumps);
            reason = await(process, tree, request, begun, lastOutput);
        } finally {
            allRead = end(tree, pumps, patience);
        }
        if (patience.wasInterrupted()) {
            throw new InterruptedException("while ending " + request.command().get(0));
        }
        return new ProcessOutcome(reason, reason == Reason.EXITED ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(), "",
                since(begun), pumps.get(0).captured(), pumps.size() == 1 ? CapturedOutput.NONE : pumps.get(1).captured(),
                !allRead || tree.foundOthers(), tree.survivors(), ProcFs.isThere());
    }

    private Process start(ProcessRequest request, String cookie) throws IOException {
        Path folder = request.folder();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IOException("The working folder is not there: " + folder); // else the system would blame the program
        }
        ProcessBuilder builder = new ProcessBuilder(request.command())
                .redirectInput(Platform.NOTHING)
                .redirectErrorStream(request.errorsAreMerged());
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(environment(request));
        environment.put(COOKIE, cookie);
        return builder.start();
    }

    private static Reason await(Process process, ProcessTree tree, ProcessRequest request, long begun, AtomicLong lastOutput)
            throws InterruptedException {
        Duration idleTimeout = request.idleTimeout();
        long limit = nanos(request.timeout());
        long idleLimit = idleTimeout == null ? Long.MAX_VALUE : nanos(idleTimeout);
        while (true) {
            long now = System.nanoTime();
            long left = Math.min(limit - (now - begun), idleLimit - (now - lastOutput.get()));
            if (process.waitFor(Math.max(0, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS)) {
                return Reason.EXITED;
            }
            now = System.nanoTime();
            if (now - begun >= limit) {
                return Reason.TIMED_OUT;
            }
            if (now - lastOutput.get() >= idleLimit) {
                return Reason.IDLE;
            }
            if (request.isCancelled()) {
                return Reason.CANCELLED;
            }
            tree.note();
        }
    }

    private static void pump(Process process, ProcessRequest request, AtomicLong lastOutput, List<OutputPump> pumps) {
        String name = "autosync-output-" + process.pid();
        pumps.add(OutputPump.start(process.getInputStream(), request.newBuffer(), lastOutput, name));
        if (!request.errorsAreMerged()) {
            pumps.add(OutputPump.start(process.getErrorStream(), request.newBuffer(), lastOutput, name + "-errors"));
        }
    }

    /** Kills whatever is left of a run and waits for its readers; one that is stuck all the same is left to itself. */
    private static boolean end(ProcessTree tree, List<OutputPump> pumps, Patience patience) {
        tree.kill(patience);
        join(pumps, patience, FIRST_JOIN_NANOS); // what was printed is read before anything else is ended
        tree.killHoldersOfOutput(patience);
        boolean allRead = join(pumps, patience, JOIN_NANOS);
        if (!allRead) {
            pumps.forEach(OutputPump::abandon);
        }
        return allRead;
    }

    private static boolean join(List<OutputPump> pumps, Patience patience, long nanos) {
        long end = System.nanoTime() + nanos;
        boolean all = true;
        for (OutputPump pump : pumps) {
            all &= pump.join(patience, end);
        }
        return all;
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
