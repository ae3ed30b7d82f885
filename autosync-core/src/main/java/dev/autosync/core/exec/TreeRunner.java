package dev.autosync.core.exec;

import dev.autosync.exec.CapturedOutput;
import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult.Reason;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
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
import org.jspecify.annotations.Nullable;

/**
 * The runner of {@link ProcessRunner}: starts, reads, waits, and kills whatever is left.
 *
 * <p>Threads: immutable.
 */
public final class TreeRunner implements ProcessRunner {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_JOIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Map<String, String> parentEnvironment;

    /**
     * A runner whose children get their allowed variables from a map.
     *
     * @param parentEnvironment variables by name, as {@link System#getenv()} has them
     */
    public TreeRunner(Map<String, String> parentEnvironment) {
        this.parentEnvironment = Map.copyOf(parentEnvironment);
    }

    @Override
    public Map<String, String> environment(ProcessRequest request) {
        return ChildEnvironment.of(parentEnvironment, request, Platform.WINDOWS);
    }

    @Override
    public ProcessResult run(ProcessRequest request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before the start of " + request.command().get(0));
        }
        long begun = System.nanoTime();
        Path file = request.spillFile().orElse(null);
        if (file == null) {
            return run(request, null, begun);
        }
        SpillFile spill;
        try {
            spill = SpillFile.open(file, request.spillBytes());
        } catch (IOException e) {
            return notStarted("The file for the output cannot be opened: " + e, begun);
        }
        try (spill) {
            return run(request, spill, begun);
        }
    }

    private ProcessResult run(ProcessRequest request, @Nullable SpillFile spill, long begun) throws InterruptedException {
        String run = UUID.randomUUID().toString();
        Process process;
        try {
            process = start(request, run);
        } catch (IOException e) {
            return notStarted(String.valueOf(e.getMessage()), begun);
        }
        ProcessTree tree = new ProcessTree(process, run, COOKIE + "=" + run);
        RunOutput output = new RunOutput(request, spill, begun);
        List<OutputPump> pumps = new ArrayList<>();
        Patience patience = new Patience();
        Reason reason;
        boolean allRead;
        try {
            pump(process, request, output, pumps);
            reason = await(process, tree, request, begun, output);
            if (reason != Reason.EXITED) {
                tree.ask(request.grace(), patience);
            }
        } finally {
            allRead = end(tree, pumps, patience);
        }
        if (patience.wasInterrupted()) {
            throw new InterruptedException("while ending " + request.command().get(0));
        }
        if (output.isTooMuch()) {
            reason = Reason.OUTPUT_LIMIT;
        }
        ProcessResult.Builder result = ProcessResult.builder(reason, since(begun))
                .output(pumps.get(0).captured(), pumps.size() == 1 ? CapturedOutput.none() : pumps.get(1).captured(),
                        !allRead || tree.foundOthers())
                .survivors(tree.survivors(), ProcFs.isThere());
        if (reason == Reason.EXITED) {
            result.exitCode(process.exitValue());
            signal(process.exitValue()).ifPresent(result::signal);
        }
        return spill == null ? result.build() : result.spilled(spill.written(), spill.failure()).build();
    }

    private static ProcessResult notStarted(String failure, long begun) {
        return ProcessResult.builder(Reason.START_FAILED, since(begun)).failure(failure).build();
    }

    /** As shells and Java encode it: an exit code above 128. */
    private static OptionalInt signal(int exitCode) {
        int signal = exitCode - 128;
        return !Platform.WINDOWS && signal >= 1 && signal <= 64 ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    private Process start(ProcessRequest request, String cookie) throws IOException {
        Path folder = request.folder().orElse(null);
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

    private static Reason await(Process process, ProcessTree tree, ProcessRequest request, long begun, RunOutput output)
            throws InterruptedException {
        long limit = nanos(request.timeout());
        long idleLimit = request.idleTimeout().map(TreeRunner::nanos).orElse(Long.MAX_VALUE);
        while (true) {
            long now = System.nanoTime();
            long left = Math.min(limit - (now - begun), idleLimit - (now - output.last()));
            if (process.waitFor(Math.max(0, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS)) {
                return Reason.EXITED;
            }
            now = System.nanoTime();
            if (now - begun >= limit) {
                return Reason.TIMED_OUT;
            }
            if (now - output.last() >= idleLimit) {
                return Reason.IDLE;
            }
            if (output.isTooMuch()) {
                return Reason.OUTPUT_LIMIT;
            }
            if (request.isCancelled()) {
                return Reason.CANCELLED;
            }
            tree.note();
        }
    }

    private static void pump(Process process, ProcessRequest request, RunOutput output, List<OutputPump> pumps) {
        String name = "autosync-output-" + process.pid();
        pumps.add(OutputPump.start(process.getInputStream(), output.stream(), name));
        if (!request.errorsAreMerged()) {
            pumps.add(OutputPump.start(process.getErrorStream(), output.stream(), name + "-errors"));
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

    /** As many nanoseconds, or a hundred years. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
