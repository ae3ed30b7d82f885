package dev.autosync.bench.culprit;

import dev.autosync.core.culprit.Ask;
import dev.autosync.core.culprit.Seen;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A batch some of whose patches break tests of a suite that names them, and fails falsely test by test. */
final class NamedBatch implements Truth {
    static final int TESTS = 200;
    private static final int MOST_OF_ITS_OWN = 3;
    private static final List<String> ALL = IntStream.range(0, TESTS).mapToObj(test -> "test" + test).toList();
    private static final String SHARED = ALL.get(0);

    private final int patches;
    private final double falseFailure;
    private final SplittableRandom random;
    private final BitSet bad = new BitSet();
    private final Map<String, BitSet> breakers = new HashMap<>();
    private int runs;
    private int rounds;
    private double suites;

    /** What bad patches break. */
    enum Breaking {
        /** One to three tests of its own; every other one breaks a test that they share too. */
        OWN,
        /** The same, and all share that test. */
        OWN_AND_SHARED,
        /** All the same test and no other. */
        SHARED_ONLY
    }

    /**
     * A batch.
     *
     * @param falseRed the chance that a run of all tests is red although nothing is broken; each test fails falsely by the same chance, independently
     */
    NamedBatch(int patches, int howMany, double falseRed, Breaking breaking, SplittableRandom random) {
        this.patches = patches;
        this.falseFailure = 1 - Math.pow(1 - falseRed, 1.0 / TESTS);
        this.random = random;
        while (bad.cardinality() < howMany) {
            bad.set(random.nextInt(patches));
        }
        int own = 1;
        for (int patch : bad.stream().toArray()) {
            int last = breaking == Breaking.SHARED_ONLY ? own : own + random.nextInt(1, MOST_OF_ITS_OWN + 1);
            for (; own < last; own++) {
                breakers.computeIfAbsent(ALL.get(own), test -> new BitSet()).set(patch);
            }
            if (breaking != Breaking.OWN || random.nextBoolean()) {
                breakers.computeIfAbsent(SHARED, test -> new BitSet()).set(patch);
            }
        }
    }

    int patches() {
        return patches;
    }

    double falseFailure() {
        return falseFailure;
    }

    @Override
    public int bad() {
        return bad.cardinality();
    }

    @Override
    public boolean isBad(int patch) {
        return bad.get(patch);
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public double suites() {
        return suites;
    }

    /** Runs some of its patches, each as it was asked for, side by side. */
    List<Seen> run(List<Ask> asks) {
        rounds++;
        return asks.stream().map(this::run).toList();
    }

    private Seen run(Ask ask) {
        runs++;
        BitSet with = new BitSet();
        ask.patches().forEach(with::set);
        Set<String> failed = new HashSet<>();
        Set<String> passed = new HashSet<>();
        for (String test : ask.only().isEmpty() ? ALL : ask.only().stream().sorted().toList()) {
            BitSet by = breakers.get(test);
            boolean fails = by != null && by.intersects(with) || random.nextDouble() < falseFailure;
            (fails ? failed : passed).add(test);
        }
        suites += (failed.size() + passed.size()) / (double) TESTS;
        return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
    }
}
