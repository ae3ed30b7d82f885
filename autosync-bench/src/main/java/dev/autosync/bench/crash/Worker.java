package dev.autosync.bench.crash;

import dev.autosync.bench.ChildJvm;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A {@link WorkerChild} as seen from the process that started it, and kills it or takes its files away. */
final class Worker implements Closeable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;
    private boolean ready;
    private long acknowledged;
    private long said;
    private String failure = "";

    private Worker(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Worker start(WorkerKind kind, Path root) throws IOException {
        return new Worker(ChildJvm.of(WorkerChild.class, kind.name(), root.toString()).start());
    }

    /** Workers that are started while others still work, because that takes a virtual machine longer than anything else here. */
    static final class Pool implements Closeable {
        private static final int AHEAD = 1;

        private final WorkerKind kind;
        private final Path root;
        private final Queue<Worker> started = new ArrayDeque<>();

        Pool(WorkerKind kind, Path root) {
            this.kind = kind;
            this.root = root;
        }

        /** One that is ready, or will be soon. */
        Worker take() throws IOException {
            while (started.size() <= AHEAD) {
                started.add(start(kind, root));
            }
            return started.remove();
        }

        @Override
        public void close() throws IOException {
            for (Worker worker : started) {
                worker.close();
            }
        }
    }

    /** Lets it work, and returns before it has done anything. */
    void begin(long version, String bootId) throws IOException {
        if (!ready) {
            String line = out.readLine();
            if (!WorkerChild.READY.equals(line)) {
                throw new IllegalStateException("the worker is not ready but says " + line);
            }
            ready = true;
        }
        failure = "";
        acknowledged = version;
        said = version;
        in.println(version + " " + bootId);
    }

    /** Waits until it has made a first version final. */
    void awaitFirst() throws IOException {
        note(out.readLine(), Long.MAX_VALUE);
        checkAlive();
    }

    /**
     * Waits until its files have failed, which lets it wait for a new beginning.
     *
     * @param until what it calls final later than this, by {@link System#nanoTime()}, does not count
     * @return the last version that it has called final until then
     */
    long awaitFailure(long until) throws IOException {
        while (failure.isEmpty()) {
            note(out.readLine(), until);
        }
        return acknowledged;
    }

    /**
     * Sends it SIGKILL and waits for its end.
     *
     * @return the last version that it has called final
     */
    long kill() throws IOException {
        // The process's own method would close the stream in which the last versions are.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            note(line, Long.MAX_VALUE);
        }
        checkAlive();
        return acknowledged;
    }

    /** The last version that it has called final at all, though it may have been too late. */
    long said() {
        return said;
    }

    private void checkAlive() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException("the worker has " + failure);
        }
    }

    private void note(@Nullable String line, long until) {
        if (line == null) {
            throw new IllegalStateException("the worker has ended by itself");
        }
        if (line.startsWith(WorkerChild.FAILED)) {
            failure = line;
            return;
        }
        String[] words = line.substring(WorkerChild.COMMITTED.length()).split(" ");
        said = Long.parseLong(words[0]);
        if (Long.parseLong(words[1]) <= until) {
            acknowledged = said;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        in.close();
        out.close();
    }
}
