package dev.autosync.bench.crash;

import dev.autosync.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run of the bench: how often each thing is tried, and what came of it.
 *
 * <p>The environment may say less or more: {@code CRASH_CASES} names the cases to run, separated by commas; {@code CRASH_RUNS} is how often
 * AutoSync is tried in each case that is tried at random, and three times the most that its controls are.
 */
final class Trials {
    private final boolean quick;
    private final Map<String, String> environment;
    private final Consumer<Figure> figures;
    private final List<String> voids = new ArrayList<>();

    Trials(boolean quick, Map<String, String> environment, Consumer<Figure> figures) {
        this.quick = quick;
        this.environment = environment;
        this.figures = figures;
    }

    boolean quick() {
        return quick;
    }

    boolean wanted(String caseName) {
        String cases = environment.getOrDefault("CRASH_CASES", "");
        return cases.isBlank() || List.of(cases.trim().split("\\s*,\\s*")).contains(caseName);
    }

    /** How often AutoSync is tried. */
    int runs(int inQuick, int inFull) {
        String runs = environment.get("CRASH_RUNS");
        return runs != null ? Integer.parseInt(runs) : quick ? inQuick : inFull;
    }

    /** How often a control or a peer is tried: enough to see that it fails. */
    int controls(int inQuick, int inFull) {
        String runs = environment.get("CRASH_RUNS");
        int usual = quick ? inQuick : inFull;
        return runs != null ? Math.max(1, Math.min(usual, Integer.parseInt(runs) / 3)) : usual;
    }

    /** Says what was counted. */
    synchronized void say(Tally tally) {
        tally.figures().forEach(figures);
        System.err.println(CrashBench.NAME + ": " + tally);
    }

    /** Says what a negative control has counted; if that is nothing, nothing is proved by a run without violations. */
    synchronized void sayControl(Tally tally) {
        say(tally);
        if (tally.violations() == 0) {
            makeVoid(tally.caseName() + ": its negative control has seen no violation in " + tally.runs() + " runs");
        }
    }

    /** Says that a case cannot be run here. */
    synchronized void skip(String caseName, String why) {
        System.err.println(CrashBench.NAME + ": " + caseName + " is left out: " + why);
        figures.accept(new Figure(CrashBench.NAME, caseName, Tally.AUTOSYNC, "runs", 0, Figure.COUNT));
    }

    /** Notes that a figure of this run proves nothing. */
    synchronized void makeVoid(String why) {
        System.err.println(CrashBench.NAME + ": VOID: " + why);
        voids.add(why);
    }

    /** Ends the bench with an error if its figures prove nothing. */
    synchronized void throwIfVoid() {
        if (!voids.isEmpty()) {
            throw new IllegalStateException("The run is void. " + String.join(". ", voids));
        }
    }
}
