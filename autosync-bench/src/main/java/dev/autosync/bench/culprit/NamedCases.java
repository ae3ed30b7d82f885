package dev.autosync.bench.culprit;

import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.culprit.NamedBatch.Breaking;
import dev.autosync.core.culprit.Ask;
import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.Seen;
import dev.autosync.core.culprit.SymptomSearch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Batches whose runs name the tests that fail, one run after the other and eight side by side. */
final class NamedCases {
    private static final String NAME = "culprit";
    private static final String AUTOSYNC = "autosync";
    private static final int PATCHES = 64;
    private static final int FOUR = 4;
    private static final int WORKERS = 8;
    private static final int LARGE = 256;
    private static final int WARM = 20;
    private static final double BLAME_ERROR = 0.01;
    private static final double ANY_BAD = 0.3;
    private static final int MOST_FALSE_RED = 10;
    private static final int[] FALSE_REDS = {0, 1, 5, MOST_FALSE_RED};

    private final int trials;
    private final Consumer<Figure> figures;

    NamedCases(int trials, Consumer<Figure> figures) {
        this.trials = trials;
        this.figures = figures;
    }

    /** All that is counted and not timed. */
    static List<SideBySide.Part> all(int trials) {
        List<SideBySide.Part> parts = new ArrayList<>();
        for (int falseRed : FALSE_REDS) {
            for (int bad = 0; bad <= FOUR; bad++) {
                int howMany = bad;
                String caseName = "n=64 d=" + bad + " f=" + falseRed + " tests";
                parts.add(figures -> new NamedCases(trials, figures).oneByOne(caseName, howMany, falseRed, Breaking.OWN));
            }
        }
        for (int falseRed : new int[] {0, MOST_FALSE_RED}) {
            String caseName = "n=64 d=4 f=" + falseRed;
            parts.add(figures -> new NamedCases(trials, figures).oneByOne(caseName + " tests shared", FOUR, falseRed, Breaking.OWN_AND_SHARED));
            parts.add(figures -> new NamedCases(trials, figures).oneByOne(caseName + " one test", FOUR, falseRed, Breaking.SHARED_ONLY));
        }
        parts.add(figures -> new NamedCases(trials, figures).sideBySide(5));
        return parts;
    }

    private void oneByOne(String caseName, int bad, int falseRed, Breaking breaking) {
        Tally tally = play(1, bad, falseRed, breaking);
        figure(caseName, AUTOSYNC, "runs", tally.meanRuns(), "runs");
        figure(caseName, AUTOSYNC, "suites", tally.meanSuites(), "suites");
        figure(caseName, AUTOSYNC, "wrong_blames", tally.wrongPerBatch(), "per batch");
        figure(caseName, AUTOSYNC, "missed", tally.missedPerBatch(), "per batch");
    }

    private void sideBySide(int falseRed) {
        String caseName = "workers=8 n=64 d=4 f=" + falseRed;
        rounds(caseName, AUTOSYNC, play(WORKERS, FOUR, falseRed, Breaking.OWN));
        SplittableRandom random = new SplittableRandom(falseRed);
        Tally zuul = new Tally();
        for (int trial = 0; trial < trials; trial++) {
            Batch batch = CulpritBench.fixed(PATCHES, FOUR, falseRed / 100.0, 1, random.split());
            zuul.add(batch, Peers.zuul(batch, WORKERS));
        }
        rounds(caseName, "zuul", zuul);
    }

    private void rounds(String caseName, String who, Tally tally) {
        figure(caseName, who, "rounds", tally.meanRounds(), "rounds");
        figure(caseName, who, "runs", tally.meanRuns(), "runs");
        figure(caseName, who, "wrong_blames", tally.wrongPerBatch(), "per batch");
    }

    private void figure(String caseName, String who, String metric, double value, String unit) {
        figures.accept(new Figure(NAME, caseName, who, metric, value, unit));
    }

    private Tally play(int workers, int bad, int falseRed, Breaking breaking) {
        SplittableRandom random = new SplittableRandom(PATCHES * 100_003L + bad);
        Tally tally = new Tally();
        for (int trial = 0; trial < trials; trial++) {
            NamedBatch batch = new NamedBatch(PATCHES, bad, falseRed / 100.0, breaking, random.split());
            tally.add(batch, play(batch, search(batch, falseRed / 100.0, workers), null));
        }
        return tally;
    }

    private static SymptomSearch search(NamedBatch batch, double falseRed, int workers) {
        return new SymptomSearch(new SymptomSearch.Settings(Needs.none(batch.patches()), Collections.nCopies(batch.patches(), ANY_BAD / batch.patches()),
                test -> batch.falseFailure(), falseRed, true, BLAME_ERROR, workers));
    }

    /** Asks for as many runs as the search allows side by side, and answers them all before it asks again. */
    private static Decisions play(NamedBatch batch, SymptomSearch search, @Nullable Samples millis) {
        while (true) {
            List<Ask> round = new ArrayList<>();
            for (Optional<Ask> ask = next(search, millis); ask.isPresent(); ask = next(search, millis)) {
                round.add(ask.get());
            }
            if (round.isEmpty()) {
                return new Decisions(search.findings().convicted().stream().map(Conviction::patch).toList(), search.findings().green());
            }
            List<Seen> seen = batch.run(round);
            for (int i = 0; i < seen.size(); i++) {
                search.answer(round.get(i), seen.get(i));
            }
        }
    }

    private static Optional<Ask> next(SymptomSearch search, @Nullable Samples millis) {
        long start = System.nanoTime();
        Optional<Ask> ask = search.next();
        if (millis != null && ask.isPresent()) {
            millis.addNanosSince(start);
        }
        return ask;
    }

    /** What one decision costs in the largest batch. */
    static void decision(Consumer<Figure> figures) {
        Samples millis = new Samples();
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 2 * WARM; trial++) {
            NamedBatch batch = new NamedBatch(LARGE, FOUR, 0.05, Breaking.OWN, random.split());
            play(batch, search(batch, 0.05, 1), trial < WARM ? null : millis);
        }
        figures.accept(new Figure(NAME, "decision n=256 tests", AUTOSYNC, "ms", millis.median(), "ms"));
        figures.accept(new Figure(NAME, "decision n=256 tests", AUTOSYNC, "p99-ms", millis.percentile(99), "ms"));
    }
}
