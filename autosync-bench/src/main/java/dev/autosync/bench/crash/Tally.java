package dev.autosync.bench.crash;

import dev.autosync.bench.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of many trials of one case by one side. */
final class Tally {
    static final String AUTOSYNC = "autosync";
    static final String CONTROL = "negative-control";
    static final String PER_FILE = "per-file";

    /** More are counted, not told. */
    private static final int TOLD = 5;

    private final String caseName;
    private final String who;
    private final Map<String, Integer> others = new LinkedHashMap<>();
    private int runs;
    private int violations;

    Tally(String caseName, String who) {
        this.caseName = caseName;
        this.who = who;
    }

    String caseName() {
        return caseName;
    }

    /** Whether it is AutoSync that is tried. */
    boolean ours() {
        return who.equals(AUTOSYNC);
    }

    /** Whether it is a control that has not failed yet. */
    boolean mustFail() {
        return who.equals(CONTROL) && violations == 0;
    }

    int runs() {
        return runs;
    }

    int violations() {
        return violations;
    }

    void run() {
        runs++;
    }

    /** The same where each takes a while: says now and then how far it has come. */
    void slowRun() {
        if (runs > 0 && runs % 100 == 0) {
            System.err.println(CrashBench.NAME + ": " + this + " so far");
        }
        run();
    }

    /** Counts a violation; of AutoSync's own the first ones are told in full. */
    void violation(String what) {
        violations++;
        if (ours() && violations <= TOLD) {
            System.err.println(CrashBench.NAME + ": " + caseName + ": VIOLATION in run " + runs + ": " + what);
        }
    }

    /** Counts something that shows what the trials have met with. */
    void count(String metric, boolean met) {
        others.merge(metric, met ? 1 : 0, Integer::sum);
    }

    int counted(String metric) {
        return others.getOrDefault(metric, 0);
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("runs", runs));
        figures.add(figure("violations", violations));
        others.forEach((metric, value) -> figures.add(figure(metric, value)));
        return figures;
    }

    private Figure figure(String metric, int value) {
        return new Figure(CrashBench.NAME, caseName, who, metric, value, Figure.COUNT);
    }

    @Override
    public String toString() {
        return caseName + " " + who + ": " + violations + " violations in " + runs + " runs" + (others.isEmpty() ? "" : " " + others);
    }
}
