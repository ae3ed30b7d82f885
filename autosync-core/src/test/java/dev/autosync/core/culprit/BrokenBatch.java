package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A batch some of whose patches break tests of a suite, which are played for a search. */
final class BrokenBatch {
    private final int patches;
    private final Map<String, Set<Integer>> breakers = new TreeMap<>();
    private final Set<String> tests = new TreeSet<>();
    private final Random random;
    private double falseFailure;
    private final List<Ask> asked = new ArrayList<>();
    private final List<Set<Integer>> green = new ArrayList<>();
    private int rounds;

    BrokenBatch(int patches, int tests, Random random) {
        this.patches = patches;
        this.random = random;
        for (int test = 0; test < tests; test++) {
            this.tests.add("test" + test);
        }
    }

    BrokenBatch breaks(int patch, String... some) {
        for (String test : some) {
            breakers.computeIfAbsent(test, t -> new TreeSet<>()).add(patch);
        }
        return this;
    }

    /** Each of some patches breaks one to three tests of its own and, by a chance, one that they share. */
    BrokenBatch broken(int bad, double shared) {
        int own = 1;
        while (culprits().size() < bad) {
            int patch = random.nextInt(patches);
            if (culprits().contains(patch)) {
                continue;
            }
            for (int left = 1 + random.nextInt(3); left > 0; left--) {
                breaks(patch, "test" + own++);
            }
            if (random.nextDouble() < shared) {
                breaks(patch, "test0");
            }
        }
        return this;
    }

    BrokenBatch failsFalsely(double chance) {
        falseFailure = chance;
        return this;
    }

    Set<Integer> culprits() {
        Set<Integer> culprits = new TreeSet<>();
        breakers.values().forEach(culprits::addAll);
        return culprits;
    }

    /** A search that knows how often tests fail falsely. */
    SymptomSearch search(int workers) {
        return new SymptomSearch(settings(true, workers));
    }

    SymptomSearch.Settings settings(boolean selective, int workers) {
        return new SymptomSearch.Settings(Needs.none(patches), Collections.nCopies(patches, 0.3 / patches), test -> falseFailure, 0, selective, 0.01,
                workers);
    }

    /** Whether a test is red with some patches. */
    boolean fails(String test, List<Integer> with) {
        return breakers.getOrDefault(test, Set.of()).stream().anyMatch(with::contains) || random.nextDouble() < falseFailure;
    }

    Seen run(Ask ask) {
        Set<String> failed = new HashSet<>();
        Set<String> passed = new HashSet<>();
        for (String test : ask.only().isEmpty() ? tests : new TreeSet<>(ask.only())) {
            (fails(test, ask.patches()) ? failed : passed).add(test);
        }
        if (failed.isEmpty() && ask.only().isEmpty()) {
            green.add(Set.copyOf(ask.patches()));
        }
        asked.add(ask);
        return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
    }

    /** Plays a search to its end, so many runs side by side. */
    Findings play(Search search, int workers) {
        while (true) {
            List<Ask> round = new ArrayList<>();
            for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
                round.add(ask.get());
                if (round.size() == workers) {
                    break;
                }
            }
            if (round.isEmpty()) {
                return search.findings();
            }
            rounds++;
            round.forEach(ask -> search.answer(ask, run(ask)));
        }
    }

    List<Ask> asked() {
        return asked;
    }

    /** The sets of patches that were in a green run of all tests. */
    List<Set<Integer>> green() {
        return green;
    }

    int rounds() {
        return rounds;
    }

    /** How many tests were run, by those of the suite. */
    double suites() {
        return asked.stream().mapToDouble(ask -> ask.only().isEmpty() ? 1 : ask.only().size() / (double) tests.size()).sum();
    }
}
