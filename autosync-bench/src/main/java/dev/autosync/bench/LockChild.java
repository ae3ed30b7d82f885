package dev.autosync.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that takes a lock and gives it back as it is told on standard input, and says so on standard output; ends with its input.
 *
 * <p>Times are those of {@link System#nanoTime()}, which on Linux is one clock for all processes (CLOCK_MONOTONIC).
 */
final class LockChild {
    static final String READY = "ready";
    static final String WAITING = "waiting";
    static final String TAKEN = "taken";
    static final String NOT_TAKEN = "not-taken";
    static final String GIVEN = "given";
    static final String HELD = "held";
    static final String DONE = "done";

    /** How long the lock is held. */
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long a process then has other things to do, so that it is another one's turn. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int WARM_UPS = 300;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ProcessLockPeer.Lock lock;
    private final PrintStream out;
    private Optional<AutoCloseable> held = Optional.empty();

    private LockChild(ProcessLockPeer.Lock lock, PrintStream out) {
        this.lock = lock;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        ProcessLockPeer peer = ProcessLockPeer.valueOf(args[0]);
        Path folder = Path.of(args[1]);
        warmUp(peer.in(Files.createDirectory(folder.resolve("own-" + ProcessHandle.current().pid()))));
        LockChild child = new LockChild(peer.in(folder), out);
        out.println(READY);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                child.obey(line.split(" "));
            }
        }
    }

    /** Takes a lock that nobody else wants, so that the first hand-off does not have to wait for classes to be loaded. */
    private static void warmUp(ProcessLockPeer.Lock own) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            own.acquire(LONG).orElseThrow().close();
        }
    }

    private void obey(String[] words) throws Exception {
        switch (words[0]) {
            case "take" -> take(Duration.ofMillis(Long.parseLong(words[1])));
            case "give" -> {
                held.orElseThrow().close();
                out.println(GIVEN);
            }
            case "pass" -> pass(Long.parseLong(words[1]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void take(Duration atMost) throws IOException, InterruptedException {
        out.println(WAITING);
        held = lock.acquire(atMost);
        long now = System.nanoTime();
        out.println(held.isPresent() ? TAKEN + " " + now : NOT_TAKEN);
    }

    /** Takes it and gives it back again and again, until a time. */
    private void pass(long end) throws Exception {
        StringBuilder times = new StringBuilder();
        while (System.nanoTime() - end < 0) {
            Optional<AutoCloseable> mine = lock.acquire(LONG);
            long acquired = System.nanoTime();
            AutoCloseable hold = mine.orElseThrow();
            LockSupport.parkNanos(HOLD_NANOS);
            long released = System.nanoTime();
            hold.close();
            times.append(HELD).append(' ').append(acquired).append(' ').append(released).append('\n');
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        out.print(times);
        out.println(DONE);
    }
}
