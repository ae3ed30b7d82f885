package dev.autosync.bench.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Shapes of process trees that outlive a plain kill. Every process of them is known by a number in its command line. */
final class Shapes {
    static final Duration TIMEOUT = Duration.ofMillis(700);

    /** A return after that is none: the caller waits for somebody else. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final String SECONDS = "SECONDS";

    static final List<String> SCRIPTS = List.of(
            "sleep SECONDS; true",
            "sleep SECONDS & sleep SECONDS & wait",
            "sh -c 'trap \"\" TERM; sleep SECONDS; sleep SECONDS' & wait",
            "sleep SECONDS & exit 0",
            "( ( sleep SECONDS & ) & ) ; sleep SECONDS",
            "setsid sleep SECONDS & sleep SECONDS",
            "( setsid sh -c 'sleep SECONDS & sleep SECONDS' & ) ; sleep SECONDS",
            "( env -i /usr/bin/setsid /bin/sleep SECONDS & ) ; sleep SECONDS");

    private Shapes() {}

    /**
     * What came of a shape.
     *
     * @param clean whether no process was left, and nobody waits
     * @param returned whether the call came back within the time-out and 2 s
     */
    record Outcome(boolean clean, boolean returned) {}

    /**
     * Runs a shape.
     *
     * @param mark a number of seconds that no other process has in its command line
     */
    static Outcome run(Killer killer, String script, String mark) throws InterruptedException {
        Thread caller = new Thread(() -> {
            try {
                killer.run(script.replace(SECONDS, mark), TIMEOUT);
            } catch (IOException | InterruptedException e) {
                System.err.println(ProcessBench.NAME + ": " + killer.who() + ", " + script + ": " + e);
            }
        });
        caller.setDaemon(true);
        caller.start();
        caller.join(TIMEOUT.plus(GRACE).toMillis());
        boolean returned = !caller.isAlive();
        // What was killed takes a moment to be gone.
        boolean clean = false;
        for (int i = 0; i < 10 && !clean; i++) {
            clean = alive(mark).isEmpty();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(clean ? 0 : 50));
        }
        while (caller.isAlive()) {
            alive(mark).forEach(ProcessHandle::destroyForcibly);
            caller.join(50);
        }
        alive(mark).forEach(ProcessHandle::destroyForcibly);
        return new Outcome(clean && returned, returned);
    }

    static List<ProcessHandle> alive(String mark) {
        return ProcessHandle.allProcesses().filter(handle -> handle.info().commandLine().orElse("").contains(mark)).toList();
    }
}
