package dev.autosync.core.improve;

import dev.autosync.testkit.SampleContext;
import dev.autosync.testkit.SampleCycle;
import dev.autosync.testkit.SampleHistory;
import dev.autosync.testkit.SampleTrends;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.Trend.Movement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A history with each trouble that a built-in rule knows. Every number is one that just counts. */
final class Troubles {
    static final String GREEN_TREE = "0".repeat(64);
    static final Kpi COVERAGE = Kpi.of("coverage", 70).target(80, Kpi.Direction.UP).unit("%");

    static final Consumer<SampleCycle> LONG_WAIT = cycle -> cycle.number("seconds", 20).number("lockWaitSeconds", 10);

    private Troubles() {}

    static SampleContext grownStore() {
        return new SampleHistory().cycle().context().store("json", 50_000);
    }

    /** @param later seconds that each of the later ten cycles spends on its history, after ten with a quarter of a second */
    static SampleContext slowerStore(double later) {
        SampleHistory history = new SampleHistory();
        for (int i = 0; i < 20; i++) {
            double seconds = (i < 10 ? 0.25 : later) + i % 5 * 1e-6;
            history.cycles(1, cycle -> cycle.phase("record", seconds / 2).phase("analyse", seconds / 4).phase("improve", seconds / 4)
                    .phase("gate", 100));
        }
        return history.context();
    }

    /** @param cycles how many of twenty wait */
    static SampleContext longWaits(int cycles, double seconds, double share01) {
        return new SampleHistory().cycles(20 - cycles, cycle -> cycle.number("seconds", 100))
                .cycles(cycles, cycle -> cycle.number("seconds", seconds / share01).number("lockWaitSeconds", seconds)).context();
    }

    /** @param times how often somebody else turns a green tree red */
    static SampleContext changesPastTheTests(int times) {
        SampleHistory history = new SampleHistory().cycle();
        for (int i = 0; i < times; i++) {
            String theirs = "theirs-" + i;
            history.cycle("green", cycle -> cycle.content("ours", "ours"));
            history.cycle("red", cycle -> cycle.content(theirs, theirs).testRun("baseline", 1, theirs, "T#a"));
        }
        return history.context();
    }

    static SampleContext flakyTest(int failures, int runs) {
        return new SampleHistory().cycles(5, cycle -> cycle.testRun("baseline", 1, GREEN_TREE, "T#flaky")
                .testRun("run-1", 1, GREEN_TREE)).context()
                .trends(SampleTrends.of().flaky(FlakyTest.of("T#flaky", runs, failures, List.of(1L, 2L))));
    }

    /** @param slope seconds that the tests take longer in each of twenty cycles, from 40 seconds on */
    static SampleContext slowerTests(double slope) {
        SampleHistory history = new SampleHistory();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double seconds = 40 + slope * i;
            values.add(seconds);
            history.cycles(1, cycle -> cycle.number("seconds", seconds + 1).testRun("baseline", seconds, GREEN_TREE));
        }
        return history.context().trends(SampleTrends.of(trend("test-seconds", Kpi.Direction.DOWN, Movement.RISING, slope, values)));
    }

    static SampleContext longTests(int cycles, double seconds, double share01) {
        return new SampleHistory().cycles(cycles, cycle -> cycle.number("seconds", seconds)
                .testRun("baseline", seconds * share01 / 2, GREEN_TREE).testRun("run-1", seconds * share01 / 2, GREEN_TREE)).context();
    }

    /** @param here how many culprits break one class, @param elsewhere how many another class each */
    static SampleContext culprits(int here, int elsewhere) {
        SampleHistory history = new SampleHistory();
        for (int i = 0; i < here; i++) {
            String patch = "here-" + i;
            history.cycle("green", cycle -> cycle.patch(patch, "blamed", "org.example.PriceTest#adds", "org.example.PriceTest#rounds"));
        }
        for (int i = 0; i < elsewhere; i++) {
            int number = i;
            history.cycle("green", cycle -> cycle.patch("there-" + number, "blamed", "org.example.Other" + number + "Test#runs"));
        }
        return history.context();
    }

    /** Twenty cycles with so many patches each, of which one in fifty is bad, and a run for each. */
    static SampleContext batches(int patches) {
        SampleHistory history = new SampleHistory();
        int[] made = {0};
        for (int i = 0; i < 20; i++) {
            history.cycles(1, cycle -> {
                int bad = 0;
                for (int patch = 0; patch < patches; patch++) {
                    boolean isBad = ++made[0] % 50 == 0;
                    bad += isBad ? 1 : 0;
                    cycle.patch("p" + made[0], isBad ? "blamed" : "applied").testRun("run-" + patch, 1, "content-" + made[0]);
                }
                cycle.number("applied", patches - bad).number("blamed", bad);
            });
        }
        return history.context();
    }

    /** Culprits that break one class and touch a file of their own each, and so many of them one that they share. */
    static SampleContext culpritsOf(int all, int sharing) {
        SampleHistory history = new SampleHistory();
        for (int i = 0; i < all; i++) {
            String patch = "p" + i;
            String files = (i < sharing ? "\"src/Price.java\"," : "") + "\"src/Own" + i + ".java\"";
            history.cycle("green", cycle -> cycle.event("patch", patch, Map.of(), "{\"outcome\":\"blamed\",\"failures\":[\"org.example.PriceTest#adds\"],\"files\":["
                    + files + "]}"));
        }
        return history.context();
    }

    static SampleContext stalePatches(int stale, int good) {
        SampleHistory history = new SampleHistory();
        for (int i = 0; i < stale; i++) {
            String patch = "stale-" + i;
            history.cycle("green", cycle -> cycle.patch(patch, patch.endsWith("0") ? "ambiguous" : "conflicted"));
        }
        for (int i = 0; i < good; i++) {
            String patch = "good-" + i;
            history.cycle("green", cycle -> cycle.patch(patch, "applied"));
        }
        return history.context();
    }

    static SampleContext filesChangeUnderTheTests(int cycles) {
        return new SampleHistory().cycles(20 - cycles, cycle -> cycle.testRun("baseline", 1, GREEN_TREE))
                .cycles(cycles, cycle -> cycle.testRun("baseline", 1, "").testRun("run-1", 1, "")).context();
    }

    static SampleContext missedTarget(int cycles, Movement movement) {
        SampleHistory history = new SampleHistory().cycles(10, cycle -> cycle.kpi(Kpi.of("coverage", 90).target(80, Kpi.Direction.UP)))
                .cycles(cycles, cycle -> cycle.kpi(COVERAGE));
        return history.context().trends(SampleTrends.of(trend("kpi:coverage", Kpi.Direction.UP, movement, 0, List.of(90.0, 70.0)))
                .kpis(COVERAGE));
    }

    static SampleContext failures(String code, int times) {
        SampleHistory history = new SampleHistory().cycle();
        for (int i = 0; i < times; i++) {
            history.cycle("failed", cycle -> cycle.code(code)).cycle();
        }
        return history.context();
    }

    static Trend trend(String name, Kpi.@Nullable Direction better, Movement movement, double slope, List<Double> values) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(Series.Point.of(i, "cycle-" + i, i + 1, Instant.EPOCH, values.get(i)));
        }
        return Trend.of(Series.of(name, "s", better, points), movement, 0.5, 0.001, slope, slope, slope);
    }
}
