package dev.autosync.bench.culprit;

import dev.autosync.bench.Bench;
import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.culprit.real.RealCase;
import dev.autosync.core.culprit.AdaptiveSearch;
import dev.autosync.core.culprit.Entropy;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.NestedPlan;
import dev.autosync.core.culprit.Prior;
import dev.autosync.core.culprit.Rates;
import dev.autosync.core.culprit.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How many runs it takes to find the bad patches of batches, beside the limit and beside others; and whom they blame wrongly. Seeds are fixed. */
public final class CulpritBench implements Bench {
    private static final String NAME = "culprit";
    private static final String AUTOSYNC = "autosync";
    private static final int[] SIZES = {8, 16, 32, 64, 128, 256};
    private static final double[] CHANCES = {0.005, 0.01, 0.02, 0.05, 0.1};
    private static final double[] FALSE_REDS = {0, 0.01, 0.05, 0.1};
    private static final int TRIALS = 10_000;
    private static final int QUICK_TRIALS = 300;
    private static final int THREE = 3;
    private static final int FOUR = 4;

    /** In smaller cells the limit itself cannot be reached by whole runs. */
    private static final double LEAST_BITS = 2;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        boolean realAlone = "real".equals(System.getenv("CULPRIT_CASES"));
        List<SideBySide.Part> parts = new ArrayList<>();
        if (!realAlone) {
            parts.addAll(simulated(quick ? QUICK_TRIALS : TRIALS));
        }
        if (quick) {
            parts.add(RealCase::quick);
        }
        SideBySide.play(parts, figures);
        if (!realAlone) {
            decision(figures);
            NamedCases.decision(figures);
        }
        if (!quick) {
            RealCase.full(figures);
        }
    }

    /** All that is counted and not timed. */
    private static List<SideBySide.Part> simulated(int trials) {
        List<SideBySide.Part> parts = new ArrayList<>();
        for (double falseRed : FALSE_REDS) {
            parts.add(figures -> independent(falseRed, trials, figures));
        }
        for (double falseRed : FALSE_REDS) {
            for (int bad = 0; bad <= FOUR; bad++) {
                int howMany = bad;
                parts.add(figures -> fixed(howMany, falseRed, trials, figures));
            }
        }
        for (double shown : new double[] {0.8, 0.5}) {
            parts.add(figures -> intermittent(shown, trials, figures));
        }
        for (int size : new int[] {2, THREE}) {
            parts.add(figures -> combinations(size, trials, figures));
        }
        parts.addAll(NamedCases.all(trials));
        return parts;
    }

    private static String percent(double chance) {
        return String.valueOf(Math.round(chance * 100));
    }

    /** Every patch is bad by the same chance, which is known. */
    private static void independent(double falseRed, int trials, Consumer<Figure> figures) {
        Map<String, Double> logs = new LinkedHashMap<>();
        Map<String, Tally> totals = new LinkedHashMap<>();
        int cells = 0;
        double optimum = 0;
        for (int patches : SIZES) {
            for (double chance : CHANCES) {
                double bits = patches * Entropy.of(chance);
                if (bits < LEAST_BITS) {
                    continue;
                }
                cells++;
                double bound = Math.max(1 / (1 - falseRed), bits / Entropy.capacity(falseRed));
                NestedPlan plan = new NestedPlan(patches, chance);
                optimum += Math.log(plan.runs(patches) / bound);
                Map<String, Searcher> searchers = new LinkedHashMap<>();
                searchers.put(AUTOSYNC, new Adaptive(Prior.known(chance), Rates.known(falseRed, 1), falseRed == 0 ? plan : null));
                searchers.putAll(Peers.all(patches * chance));
                searchers.forEach((who, searcher) -> {
                    Tally tally = tally(searcher, trials, seed(patches, chance), random -> independent(patches, chance, falseRed, random));
                    logs.merge(who, Math.log(tally.meanRuns() / bound), Double::sum);
                    totals.computeIfAbsent(who, name -> new Tally()).add(tally);
                });
            }
        }
        String caseName = "iid f=" + percent(falseRed);
        for (Map.Entry<String, Tally> total : totals.entrySet()) {
            figures.accept(new Figure(NAME, caseName, total.getKey(), "ratio", Math.exp(logs.getOrDefault(total.getKey(), 0.0) / cells), "ratio"));
            figures.accept(new Figure(NAME, caseName, total.getKey(), "wrong_blames", total.getValue().wrongPerBad(), "per culprit"));
        }
        if (falseRed == 0) {
            figures.accept(new Figure(NAME, caseName, "optimum", "ratio", Math.exp(optimum / cells), "ratio"));
        }
    }

    private static long seed(int patches, double chance) {
        return patches * 100_003L + Math.round(chance * 1e6);
    }

    private static Batch independent(int patches, double chance, double falseRed, SplittableRandom random) {
        BitSet bad = new BitSet();
        for (int patch = 0; patch < patches; patch++) {
            bad.set(patch, random.nextDouble() < chance);
        }
        return new Batch(patches, bad, falseRed, 1, random);
    }

    static Batch fixed(int patches, int howMany, double falseRed, double shown, SplittableRandom random) {
        BitSet bad = new BitSet();
        while (bad.cardinality() < howMany) {
            bad.set(random.nextInt(patches));
        }
        return new Batch(patches, bad, falseRed, shown, random);
    }

    /** Makes batches. */
    private interface Batches {
        Batch next(SplittableRandom random);
    }

    private static Tally tally(Searcher searcher, int trials, long seed, Batches batches) {
        SplittableRandom random = new SplittableRandom(seed);
        Tally tally = new Tally();
        for (int trial = 0; trial < trials; trial++) {
            Batch batch = batches.next(random.split());
            tally.add(batch, searcher.search(batch));
        }
        return tally;
    }

    /** So many of 64 patches are bad, which nobody knows. */
    private static void fixed(int bad, double falseRed, int trials, Consumer<Figure> figures) {
        int patches = 64;
        Map<String, Searcher> searchers = new LinkedHashMap<>();
        searchers.put(AUTOSYNC, new Adaptive(Prior.unknown(patches), Rates.known(falseRed, 1), null));
        searchers.putAll(Peers.all(bad));
        searchers.forEach((who, searcher) -> {
            Tally tally = tally(searcher, trials, seed(patches, bad), random -> fixed(patches, bad, falseRed, 1, random));
            String caseName = "n=64 d=" + bad + " f=" + percent(falseRed);
            figures.accept(new Figure(NAME, caseName, who, "runs", tally.meanRuns(), "runs"));
            figures.accept(new Figure(NAME, caseName, who, "wrong_blames", tally.wrongPerBatch(), "per batch"));
        });
    }

    /** One of 64 patches is bad, and does not always show. */
    private static void intermittent(double shown, int trials, Consumer<Figure> figures) {
        int patches = 64;
        double falseRed = 0.02;
        Map<String, Searcher> searchers = new LinkedHashMap<>();
        searchers.put(AUTOSYNC, new Adaptive(Prior.unknown(patches), Rates.known(falseRed, shown), null));
        searchers.putAll(Peers.all(1));
        searchers.forEach((who, searcher) -> {
            Tally tally = tally(searcher, trials, seed(patches, shown), random -> fixed(patches, 1, falseRed, shown, random));
            String caseName = "intermittent s=" + shown;
            figures.accept(new Figure(NAME, caseName, who, "runs", tally.meanRuns(), "runs"));
            figures.accept(new Figure(NAME, caseName, who, "landed", tally.landed(), "share"));
        });
    }

    /** Some of 64 patches are bad only together. */
    private static void combinations(int size, int trials, Consumer<Figure> figures) {
        int patches = 64;
        for (double falseRed : new double[] {0, 0.05}) {
            String caseName = (size == 2 ? "pairs" : "triples") + " n=64" + (falseRed == 0 ? "" : " f=" + percent(falseRed));
            Map<String, Combinations.Namer> namers = new LinkedHashMap<>();
            namers.put(AUTOSYNC, batch -> Combinations.adaptive(batch, falseRed));
            for (String peer : List.of("bisect", "one-by-one")) {
                Searcher searcher = Peers.all(1).get(peer);
                namers.put(peer, batch -> new Combinations.Named(searcher.search(batch).blamed(), 0));
            }
            namers.forEach((who, namer) -> {
                Combinations.Score score = Combinations.score(namer, patches, size, falseRed, trials, seed(patches, size));
                figures.accept(new Figure(NAME, caseName, who, "runs", score.runs(), "runs"));
                figures.accept(new Figure(NAME, caseName, who, "found", score.found(), "share"));
                if (who.equals(AUTOSYNC)) {
                    figures.accept(new Figure(NAME, caseName, who, "extra_runs", score.extra(), "runs"));
                }
            });
        }
    }

    /** What one decision costs in the largest batch, with several rates believed in. */
    private static void decision(Consumer<Figure> figures) {
        int patches = 256;
        List<Rates> rates = List.of(new Rates(0.001, 1, 1), new Rates(0.01, 1, 1), new Rates(0.05, 1, 1), new Rates(0.1, 0.8, 1));
        Supplier<AdaptiveSearch> searches = () -> new AdaptiveSearch(Needs.none(patches), Prior.unknown(patches), rates, AdaptiveSearch.Settings.ofDefaults(), null);
        Samples millis = new Samples();
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 40; trial++) {
            AdaptiveSearch search = searches.get();
            int bad = random.nextInt(patches);
            for (var run = search.next(); run.isPresent();) {
                long start = System.nanoTime();
                search.answer(run.get(), run.get().patches().contains(bad) ? Seen.red() : Seen.green());
                run = search.next();
                if (trial >= 20) {
                    millis.addNanosSince(start);
                }
            }
        }
        figures.accept(new Figure(NAME, "decision n=256", AUTOSYNC, "ms", millis.median(), "ms"));
        figures.accept(new Figure(NAME, "decision n=256", AUTOSYNC, "p99-ms", millis.percentile(99), "ms"));
    }
}
