package dev.autosync.core.experience;

import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often runs of the tests are red, and tests fail, on what is good. A content is good if a run of all tests was green on it, before or after: then each red
 * run of it was false, and so was each failure of a test in it. Runs of some tests alone, and on what nobody knows, have no content and teach nothing; nor do
 * runs with patches that did not land because something fails with them now and then and never without, or of which that was left open: else it would be tried until
 * that is held to be chance.
 *
 * <p>The rates are means of Beta distributions: what is believed where nothing was seen counts as 25 runs, and as one run for a single test, of which
 * nearly all never fail falsely.
 *
 * <p>Memory: the latest 10,000 contents, the latest 100,000 failures of which nobody knows yet whether they were false, and 10,000 tests. For one thread.
 */
public final class FalseReds {
    /** The share where nobody has seen any run, of a test as well as of all. */
    public static final double UNSEEN = 0.02;

    /** What seems not to happen may still, once in ten thousand runs. */
    public static final double LEAST = 1e-4;

    private static final double WEIGHT = 25;
    private static final int MOST_CONTENTS = 10_000;
    private static final int MOST_DOUBTFUL = 100_000;
    private static final int MOST_TESTS = 10_000;

    /** Those that were run longest ago first. */
    private final Map<String, Content> contents = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Long> falseFailures = new Bounded<>(MOST_TESTS);
    private int doubtful;
    private long good;
    private long red;

    /** What was seen of a content: before it was green its red runs and what failed in them. */
    private static final class Content {
        private final List<String> failures = new ArrayList<>();
        private boolean good;
        private int reds;
    }

    /** A run of all tests. */
    private record Run(String content, boolean green, List<String> failures) {

        static Optional<Run> of(StoredEvent event) {
            return Payload.read(event, Run::of);
        }

        private static Optional<Run> of(JsonSection payload) {
            String verdict = payload.requiredString("verdict");
            String content = payload.requiredString("content");
            boolean doubtful = !payload.strings("intermittent").isEmpty() || payload.bool("open").orElse(false);
            return doubtful || content.isEmpty() || !verdict.equals("green") && !verdict.equals("red") ? Optional.empty()
                    : Optional.of(new Run(content, verdict.equals("green"), payload.strings("failures")));
        }
    }

    /** Takes in an event; only {@code test-run} teaches anything. */
    public void take(StoredEvent event) {
        if (event.event().kind().equals("test-run")) {
            Run.of(event).ifPresent(this::take);
        }
    }

    private void take(Run run) {
        Content content = contents.computeIfAbsent(run.content(), hash -> new Content());
        if (!run.green()) {
            content.reds++;
            content.failures.addAll(run.failures());
            doubtful += run.failures().size();
        }
        if (content.good || run.green()) {
            good += content.reds + (run.green() ? 1 : 0);
            red += content.reds;
            content.failures.forEach(test -> falseFailures.merge(test, 1L, Long::sum));
            doubtful -= content.failures.size();
            content.failures.clear();
            content.reds = 0;
            content.good = true;
        }
        forget();
    }

    private void forget() {
        Iterator<Content> eldest = contents.values().iterator();
        while (contents.size() > MOST_CONTENTS || doubtful > MOST_DOUBTFUL) {
            doubtful -= eldest.next().failures.size();
            eldest.remove();
        }
    }

    /** How many runs there were of contents that are good. */
    public long goodRuns() {
        return good;
    }

    /** How many of them were red. */
    public long falseReds() {
        return red;
    }

    /** The share of runs of what is good that are red: (25 * 0.02 + false reds) / (25 + good runs), 0.0001 at least and below 1. */
    public double falseRed() {
        return Math.max(LEAST, (WEIGHT * UNSEEN + red) / (WEIGHT + good));
    }

    /** The share of runs of what is good in which a test fails: (0.02 + false failures) / (1 + good runs), 0.0001 at least and below 1. */
    public double falseFailure(String test) {
        return Math.max(LEAST, (UNSEEN + falseFailures.getOrDefault(test, 0L)) / (1 + good));
    }
}
