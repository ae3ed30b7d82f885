package dev.autosync.bench;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A {@link LockChild} as seen from the process that started it. */
final class LockProcess implements Closeable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private LockProcess(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one; does not wait for it to be ready. */
    static LockProcess start(ProcessLockPeer peer, Path folder) throws IOException {
        ProcessBuilder builder = ChildJvm.of(LockChild.class, peer.name(), folder.toString());
        // JGit remembers there what it finds out about the disk.
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return new LockProcess(builder.start());
    }

    LockProcess ready() throws IOException {
        expect(LockChild.READY);
        return this;
    }

    /** Lets it wait for the lock, which somebody else may have. */
    void take(Duration atMost) throws IOException {
        in.println("take " + atMost.toMillis());
        expect(LockChild.WAITING);
    }

    /** When it has taken the lock, by this process's clock too; empty if it has given up. */
    OptionalLong taken() throws IOException {
        String line = line();
        if (line.equals(LockChild.NOT_TAKEN)) {
            return OptionalLong.empty();
        }
        String[] words = line.split(" ");
        if (!words[0].equals(LockChild.TAKEN)) {
            throw new IllegalStateException("'" + LockChild.TAKEN + "' was expected, not '" + line + "'");
        }
        return OptionalLong.of(Long.parseLong(words[1]));
    }

    void give() throws IOException {
        in.println("give");
        expect(LockChild.GIVEN);
    }

    /** Lets it take the lock and give it back again and again, until a time. */
    void pass(long end) {
        in.println("pass " + end);
    }

    /** When it had the lock. */
    List<Handoffs.Held> passed(int number) throws IOException {
        List<Handoffs.Held> all = new ArrayList<>();
        for (String line = line(); !line.equals(LockChild.DONE); line = line()) {
            String[] words = line.split(" ");
            all.add(new Handoffs.Held(number, Long.parseLong(words[1]), Long.parseLong(words[2])));
        }
        return all;
    }

    /** Sends it SIGKILL, and does not wait for its end. */
    void kill() {
        process.destroyForcibly();
    }

    /** When it has ended: a moment after the system has freed whatever it held. */
    CompletableFuture<Long> ended() {
        return process.onExit().thenApply(dead -> System.nanoTime());
    }

    private void expect(String word) throws IOException {
        String line = line();
        if (!line.equals(word)) {
            throw new IllegalStateException("'" + word + "' was expected, not '" + line + "'");
        }
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the child process has ended by itself");
        }
        return line;
    }

    /** Kills it if it is not dead yet; there is nothing that it could lose. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        in.close();
        out.close();
    }
}
