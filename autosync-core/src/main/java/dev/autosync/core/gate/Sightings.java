package dev.autosync.core.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often something has failed with patches that are run again and again, beside the runs in which nothing did. */
final class Sightings {
    /** After so many green runs a bug that shows in every other run would have shown, but for one time in sixty. */
    private static final int STEADY = 6;

    /** What is likelier than this to be seen by chance in a batch is no evidence. */
    private static final double LEAST_CHANCE = 0.01;

    private final Experience experience;
    private final Map<String, Integer> failed = new LinkedHashMap<>();
    /** What has failed in each run since, as far as it tells something. */
    private final List<Set<String>> since = new ArrayList<>();
    private int reds;
    private int quiet;

    /**
     * Sightings so far.
     *
     * @param before what has failed with nothing but these patches; counts as once
     * @param quiet in how many runs nothing has
     */
    Sightings(Experience experience, Collection<String> before, int quiet) {
        this.experience = experience;
        this.quiet = quiet;
        if (!before.isEmpty()) {
            reds = 1;
            before.forEach(test -> failed.put(test, 1));
        }
    }

    /**
     * One more run.
     *
     * @param tests what has failed in it and tells something; empty if nothing has
     */
    void run(Collection<String> tests) {
        quiet += tests.isEmpty() ? 1 : 0;
        if (!tests.isEmpty()) {
            reds++;
            since.add(new LinkedHashSet<>(tests));
        }
        tests.forEach(test -> failed.merge(test, 1, Integer::sum));
    }

    /** In how many runs nothing has failed. */
    int quietRuns() {
        return quiet;
    }

    /** What has failed, the first one first. */
    Set<String> failed() {
        return failed.keySet();
    }

    /** It was nobody's fault. */
    void forget(Collection<String> tests) {
        failed.keySet().removeAll(tests);
        since.forEach(run -> run.removeAll(tests));
        since.removeIf(Set::isEmpty);
    }

    /** How many quiet runs let patches land: as many as were asked for, and six for each time that the same has failed. */
    int enough(int asked) {
        return Math.max(asked, STEADY * failed.values().stream().mapToInt(times -> times).max().orElse(0));
    }

    /**
     * What has failed so often that it is no chance. A run is red by chance as often as is known of all; that the same test has failed in the others as well is as likely as is
     * known of that test, in any choice of as many runs.
     */
    List<String> noChance() {
        return failed.entrySet().stream().filter(test -> test.getValue() > 1 && chance(test.getKey(), test.getValue()) < LEAST_CHANCE).map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether runs were red so often that it is no chance, whatever has failed in them: a bug may show in another test each time. What has failed before does not count, as
     * of many runs it was the one that was red.
     */
    boolean redTooOften() {
        return since.size() > 1 && chance(experience.falseRed(), since.size()) < LEAST_CHANCE;
    }

    private double chance(String test, int times) {
        return chance(test.equals(Steadiness.WHOLE_RUN) ? experience.falseRed() : experience.falseFailure(test), times);
    }

    private double chance(double again, int times) {
        double chance = experience.falseRed() * Math.pow(again, times - 1);
        for (int i = 1; i <= times; i++) {
            chance *= (double) (reds + quiet - times + i) / i;
        }
        return chance;
    }
}
