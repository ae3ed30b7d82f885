package dev.autosync.core.engine;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the phases of one cycle: tells the listener, the lock's record and the flight recorder, and measures. */
final class PhaseClock {
    private final ProgressListener listener;
    private final Map<CyclePhase, Duration> phases = new EnumMap<>(CyclePhase.class);
    private final long start = System.nanoTime();
    private Consumer<CyclePhase> onPhase = phase -> { };
    private String cycle = "";

    PhaseClock(ProgressListener listener) {
        this.listener = listener;
    }

    /** Work of a phase. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** From now on the cycle has a name, and somebody to be told of each phase. */
    void named(String cycle, Consumer<CyclePhase> onPhase) {
        this.cycle = cycle;
        this.onPhase = onPhase;
    }

    /** Work of a phase that has no result. */
    interface Deed {
        void run() throws InterruptedException;
    }

    /** Runs a phase that has no result. */
    void act(CyclePhase phase, String what, Deed deed) throws InterruptedException {
        run(phase, what, () -> {
            deed.run();
            return phase;
        });
    }

    /** Runs a phase. */
    <T> T run(CyclePhase phase, String what, Work<T> work) throws InterruptedException {
        listener.onProgress(Progress.of(phase, what));
        onPhase.accept(phase);
        PhaseEvent event = new PhaseEvent();
        event.begin();
        long began = System.nanoTime();
        try {
            return work.run();
        } finally {
            phases.merge(phase, Duration.ofNanos(System.nanoTime() - began), Duration::plus);
            if (event.shouldCommit()) {
                event.cycle = cycle;
                event.phase = phase.name();
                event.commit();
            }
        }
    }

    /** The phases so far. */
    Map<CyclePhase, Duration> phases() {
        return phases;
    }

    /** The time since the cycle began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
