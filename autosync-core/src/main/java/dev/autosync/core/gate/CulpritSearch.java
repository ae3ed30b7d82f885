package dev.autosync.core.gate;

import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patches of a red batch that make tests fail, all of them at once.
 *
 * <p>Each failing test of the whole batch is a symptom that first shows at some prefix of the batch; every run of a prefix tells for
 * each symptom on which side of that prefix its culprit lies. The next prefix is the one that tells most about all open symptoms
 * together. A batch that breaks before any test, as a build does, has one symptom; then this is a bisection. A symptom that was seen
 * only once, or twice if no other points at the same patch, is looked at again before anybody is blamed for it, since tests may be
 * flaky.
 *
 * <p>Cost: about log2(n) runs for the first culprit and fewer for each further one whose tests differ. Assumes that a symptom which a
 * prefix shows is shown by every longer one; where that fails, somebody is found whose run shows the symptom and whose predecessor's
 * run does not.
 */
final class CulpritSearch {
    /** The symptom of a run that is red although no test says so. */
    static final String BROKEN = "";

    /** What is flaky if a run is red without a test that says so, and green when it is repeated. */
    static final String WHOLE_RUN = "the run as a whole";

    /** How often a symptom is to be seen before anybody is blamed: seldom if others point at the same patch. */
    private static final int ENOUGH_OF_MANY = 2;
    private static final int ENOUGH_OF_ONE = 3;

    /** Tests prefixes of the batch. */
    interface Probe {

        /** The run of the first patches; the same one when asked for again. */
        BatchRun test(int length) throws InterruptedException;

        /**
         * The same, told what may be asked for next.
         *
         * @param likely lengths, of which one will be asked for if all symptoms agree
         */
        default BatchRun test(int length, List<Integer> likely) throws InterruptedException {
            return test(length);
        }

        /** Another run of the first patches, which replaces the earlier one; null if no run may be repeated any more. */
        @Nullable BatchRun again(int length) throws InterruptedException;
    }

    /**
     * A patch that makes tests fail.
     *
     * @param position its place in the batch, 1 for the first patch
     * @param symptoms the ids of the tests that show it
     */
    record Culprit(int position, Set<String> symptoms) {}

    /**
     * What was found.
     *
     * @param culprits in the order of the batch
     * @param flaky what failed and passed on the same tree: ids of tests, or the run as a whole
     * @param notRun the run that ended the search because the tests could not be run; null if it came to its end
     * @param spent whether a run that had to be repeated could not be, because that was done too often
     */
    record Result(List<Culprit> culprits, Set<String> flaky, @Nullable BatchRun notRun, boolean spent) {}

    private final int length;
    private final Probe probe;
    private final Set<Integer> tested = new LinkedHashSet<>();
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private final Set<String> knownFlaky;
    private final Set<String> flaky = new LinkedHashSet<>();

    /** Where the culprit of a symptom lies: behind the first {@code absent} patches, and not behind the first {@code present}. */
    private static final class Span {
        private int absent;
        private int present;
        private int sightings = 1;

        boolean open() {
            return present - absent > 1;
        }
    }

    private CulpritSearch(int length, Set<String> knownFlaky, Probe probe) {
        this.length = length;
        this.knownFlaky = knownFlaky;
        this.probe = probe;
    }

    /**
     * Searches.
     *
     * @param whole the red run of the whole batch; the empty batch is known to be green
     * @param length how many patches there are, 1 or more
     * @param knownFlaky tests that have failed and passed on the same tree, which convict nobody
     */
    static Result find(BatchRun whole, int length, Set<String> knownFlaky, Probe probe) throws InterruptedException {
        Set<String> symptoms = new LinkedHashSet<>();
        whole.run().failures().forEach(test -> symptoms.add(test.id()));
        if (symptoms.isEmpty()) {
            symptoms.add(BROKEN);
        }
        symptoms.removeAll(knownFlaky);
        if (symptoms.isEmpty()) {
            return new Result(List.of(), Set.of(), null, false);
        }
        Result result = new CulpritSearch(length, knownFlaky, probe).search(symptoms);
        boolean nothing = result.culprits().isEmpty() && result.flaky().isEmpty() && result.notRun() == null && !result.spent();
        // Where builds break at every prefix nothing is known of single tests; that a prefix is red is always known.
        return nothing && !symptoms.contains(BROKEN) ? new CulpritSearch(length, knownFlaky, probe).search(Set.of(BROKEN)) : result;
    }

    private Result search(Set<String> symptoms) throws InterruptedException {
        for (String symptom : symptoms) {
            Span span = new Span();
            span.present = length;
            spans.put(symptom, span);
        }
        tested.add(length);
        for (int next = mostTelling(); next > 0; next = mostTelling()) {
            BatchRun run = probe.test(next, List.of(nextAfter(next, true), nextAfter(next, false)).stream().filter(likely -> likely > 0).toList());
            if (!run.run().verdict().evidence()) {
                return new Result(List.of(), flaky, run, false);
            }
            tested.add(next);
            note(next, run);
        }
        return confirm();
    }

    /** What a run says of every symptom. */
    private void note(int prefix, BatchRun run) {
        spans.forEach((symptom, span) -> {
            if (prefix <= span.absent || prefix >= span.present) {
                return;
            }
            Boolean shows = shows(run, symptom, knownFlaky);
            if (shows != null && shows) {
                span.present = prefix;
                span.sightings++;
            } else if (shows != null) {
                span.absent = prefix;
            }
        });
    }

    /**
     * Whether a run shows a symptom; null if it does not tell. A test that was skipped in a red run has not passed: what failed may have kept it
     * from running.
     *
     * @param flaky tests that make no run a broken one
     */
    static @Nullable Boolean shows(BatchRun run, String symptom, Set<String> flaky) {
        if (run.run().green()) {
            return false;
        }
        if (symptom.equals(BROKEN)) {
            return onlyFlakyFail(run, flaky) ? null : Boolean.TRUE;
        }
        for (TestResult test : run.run().results()) {
            if (test.id().equals(symptom)) {
                return test.status() == TestResult.Status.SKIPPED ? null : Boolean.valueOf(test.status() == TestResult.Status.FAILED);
            }
        }
        return null;
    }

    /** Whether tests have failed in a run, and none that is not flaky. */
    static boolean onlyFlakyFail(BatchRun run, Set<String> flaky) {
        List<TestResult> failures = run.run().failures();
        return !failures.isEmpty() && failures.stream().allMatch(test -> flaky.contains(test.id()));
    }

    /** The prefix not yet tested whose run is expected to tell most, with every place of a culprit equally likely; 0 if none tells. */
    private int mostTelling() {
        Set<List<Integer>> open = new LinkedHashSet<>();
        spans.values().stream().filter(Span::open).forEach(span -> open.add(List.of(span.absent, span.present)));
        return mostTelling(open);
    }

    /** What would be asked for next if a prefix showed all symptoms, or none; 0 for nothing. */
    private int nextAfter(int prefix, boolean shown) {
        Set<List<Integer>> open = new LinkedHashSet<>();
        for (Span span : spans.values()) {
            boolean within = prefix > span.absent && prefix < span.present;
            int absent = within && !shown ? prefix : span.absent;
            int present = within && shown ? prefix : span.present;
            if (present - absent > 1) {
                open.add(List.of(absent, present));
            }
        }
        return mostTelling(open);
    }

    private int mostTelling(Set<List<Integer>> open) {
        int best = 0;
        double most = 0;
        for (int prefix = length - 1; prefix > 0; prefix--) {
            double bits = 0;
            for (List<Integer> span : open) {
                bits += entropy((prefix - span.get(0)) / (double) (span.get(1) - span.get(0)));
            }
            if (!tested.contains(prefix) && bits > most + 1e-12) {
                most = bits;
                best = prefix;
            }
        }
        return best;
    }

    /* The binary entropy function, in bits: Shannon, "A Mathematical Theory of Communication", 1948, section 6. */
    private static double entropy(double p) {
        return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
    }

    /** Looks again at what was seen too seldom; names a culprit for what is left. */
    private Result confirm() throws InterruptedException {
        Map<Integer, Integer> symptomsAt = new HashMap<>();
        spans.values().stream().filter(span -> !span.open()).forEach(span -> symptomsAt.merge(span.present, 1, Integer::sum));
        Map<Integer, Set<String>> found = new TreeMap<>();
        Map<Integer, BatchRun> second = new HashMap<>();
        boolean spent = false;
        for (Map.Entry<String, Span> entry : spans.entrySet()) {
            Span span = entry.getValue();
            if (span.open()) {
                continue;
            }
            if (span.sightings < (symptomsAt.getOrDefault(span.present, 0) > 1 ? ENOUGH_OF_MANY : ENOUGH_OF_ONE)) {
                BatchRun run = second.get(span.present);
                if (run == null) {
                    run = probe.again(span.present);
                    if (run == null) {
                        spent = true;
                        continue;
                    }
                    second.put(span.present, run);
                }
                if (!run.run().verdict().evidence()) {
                    return new Result(List.of(), flaky, run, false);
                }
                Boolean shows = shows(run, entry.getKey(), knownFlaky);
                if (shows == null || !shows) {
                    if (shows != null) {
                        flaky.add(entry.getKey().equals(BROKEN) ? WHOLE_RUN : entry.getKey());
                    }
                    continue;
                }
            }
            found.computeIfAbsent(span.present, position -> new LinkedHashSet<>()).add(entry.getKey());
        }
        List<Culprit> culprits = new ArrayList<>();
        found.forEach((position, symptoms) -> culprits.add(new Culprit(position, symptoms)));
        return new Result(culprits, flaky, null, spent);
    }
}
