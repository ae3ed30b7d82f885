package dev.autosync.core.experience;

import dev.autosync.spi.StoredEvent;
import java.util.Map;
import java.util.Optional;

/**
 * How often patches hold a bug that shows now and then. One was <em>seen</em> where a batch did not land because something has failed with it now and then and never
 * without it, and where a patch was blamed with which all tests had been green as well; once for as long as any of its patches lies there and is tried again.
 *
 * <p>A patch that has landed tells of one without such a bug only as far as that would have shown: of bugs that show in every other run g green runs
 * find 1 - 0.5^g. So it is the share of all bugs of this kind, not only of those that were found in time. What becomes red in a later cycle is not counted: nobody
 * can tell it from a world that has changed.
 *
 * <p>The share is what it does not exceed in 99 cases of a hundred: a bug that lands costs more than a run, and some are blamed as if they always showed. With
 * {@code n = 100 + seen + the sum of 1 - 0.5^g over the patches that have landed} that is the quantile of a Gamma distribution by Wilson and Hilferty (1931),
 * {@code seen (1 - 1 / (9 seen) + 2.3263 / (3 sqrt(seen)))^3 / n}; and 0.0001 / n before one was seen.
 *
 * <p>Memory: the latest 10,000 patches that lay in a batch with such a bug. For one thread.
 */
public final class IntermittentBugs {
    /** In which share of runs such a bug is held to show: one that shows oftener is found by fewer runs. */
    public static final double SHOWS = 0.5;

    /** Bugs that are believed in beforehand, and patches without any. */
    private static final double BEFORE = 1e-4;
    private static final double WEIGHT = 100;

    /** What a normally distributed figure does not exceed in 99 cases of a hundred, in standard deviations. */
    private static final double NEARLY_ALWAYS = 2.3263478740408408;

    private static final double MOST_SHARE = 0.5;
    private static final int MOST = 10_000;

    private final Map<String, Boolean> known = new Bounded<>(MOST);
    private String cycle = "";
    private boolean again;
    private long seen;
    private double good;

    /** A history in which nothing has happened. */
    public IntermittentBugs() {}

    /** What became of a patch; {@code greens} is in how many green runs of all tests it was, 0 if an earlier release has not said so. */
    private record Ending(String patch, String outcome, boolean intermittent, double greens) {

        static Optional<Ending> of(StoredEvent event) {
            return Payload.read(event, payload -> Optional.of(new Ending(event.event().subject() + " " + payload.string("checksum").orElse(""),
                    payload.requiredString("outcome"), !payload.strings("intermittent").isEmpty(), event.event().numbers().getOrDefault("greens", 0.0))));
        }
    }

    /** Takes in an event; only {@code patch} teaches anything. */
    public void take(StoredEvent event) {
        if (event.event().kind().equals("patch")) {
            Ending.of(event).ifPresent(ending -> take(event.event().cycle(), ending));
        }
    }

    private void take(String in, Ending ending) {
        if (ending.outcome().equals("applied")) {
            good += ending.greens() > 0 ? 1 - Math.pow(1 - SHOWS, ending.greens()) : 0;
        } else if (ending.intermittent() || ending.outcome().equals("blamed") && ending.greens() > 0) {
            showed(in, ending.patch());
        }
    }

    /** Counts a cycle, unless a patch lay in such a batch before: then it has found the same bug again. */
    private void showed(String in, String patch) {
        if (!in.equals(cycle)) {
            cycle = in;
            again = false;
            seen++;
        }
        if (known.put(patch, true) != null && !again) {
            again = true;
            seen--;
        }
    }

    /** How many such bugs were seen. */
    public long seen() {
        return seen;
    }

    /** The chance that a patch holds such a bug, as large as it is at most with 99 in a hundred; above 0, and 0.5 at most. */
    public double share() {
        double bugs = seen == 0 ? BEFORE : seen * Math.pow(1 - 1 / (9.0 * seen) + NEARLY_ALWAYS / (3 * Math.sqrt(seen)), 3);
        return Math.min(MOST_SHARE, bugs / (WEIGHT + seen + good));
    }

    /** The chance that at least one of so many patches does, 0 to 1. */
    public double among(int patches) {
        return -Math.expm1(patches * Math.log1p(-share()));
    }

    /** What {@link #among} says where nobody has seen any batch: less than a hundredth for as many as 10,000. */
    public static double unseen(int patches) {
        return new IntermittentBugs().among(patches);
    }
}
