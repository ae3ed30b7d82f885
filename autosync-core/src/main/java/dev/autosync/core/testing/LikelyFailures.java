package dev.autosync.core.testing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which tests are likely to fail: those that have failed of late, and those whose name says that they test what is changed.
 *
 * <p>A guess that only decides what is run first. Threads: no state.
 */
public final class LikelyFailures {
    private static final int MOST = 200;
    private static final double TEST_ITSELF = 2;
    private static final double TESTED = 1;

    private LikelyFailures() {}

    /**
     * The likely ones.
     *
     * @param tests the ids of the tests that there are
     * @param history how often each has failed of late, as {@link FailureMemory} tells
     * @param changed the paths of the files that are changed
     * @return at most 200 ids, the likeliest first; those for which nothing speaks are left out
     */
    public static List<String> of(Collection<String> tests, Map<String, Double> history, Collection<String> changed) {
        Set<String> stems = new HashSet<>();
        changed.forEach(path -> stems.add(stem(path)));
        Map<String, Double> scores = new HashMap<>();
        for (String test : tests) {
            double score = history.getOrDefault(test, 0.0) + nearness(test, stems);
            if (score > 0) {
                scores.put(test, score);
            }
        }
        Comparator<String> likeliest = Comparator.comparing(scores::get, Comparator.reverseOrder());
        return scores.keySet().stream().sorted(likeliest.thenComparing(Comparator.naturalOrder())).limit(MOST).toList();
    }

    /** How much the name of a test has to do with changed files: {@code FooTest}, {@code TestFoo}, {@code FooIT}, {@code test_foo} with {@code Foo}. */
    private static double nearness(String test, Set<String> stems) {
        String owner = test.substring(0, test.indexOf('#') < 0 ? test.length() : test.indexOf('#'));
        String simple = owner.substring(Math.max(owner.lastIndexOf('.'), Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$'))) + 1)
                .toLowerCase(Locale.ROOT);
        if (stems.contains(simple)) {
            return TEST_ITSELF;
        }
        String tested = simple.replaceFirst("^test_?", "").replaceFirst("_?(tests?|testcase|it|spec)$", "");
        return !tested.isEmpty() && stems.contains(tested) ? TESTED : 0;
    }

    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }
}
