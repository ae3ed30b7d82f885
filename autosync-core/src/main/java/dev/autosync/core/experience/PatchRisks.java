package dev.autosync.core.experience;

import dev.autosync.patch.Patch;
import dev.autosync.spi.StoredEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How likely a patch is bad, by what came of those like it: of its format, its author, both, and its size. Each class believes in the wider one before it as
 * if that had been seen in 20 patches, (20 * wider + bad) / (20 + patches): the posterior mean of a Beta distribution. So a class of which
 * little is known is judged as the wider one, and one of which much is known by itself.
 *
 * <p>Files count beside that: how many more patches of a file were bad than was to be expected of their formats, authors and sizes, (2 + bad) / (2 + expected), in the
 * mean over the files of a patch. That is a standardized ratio that is shrunk towards 1 (Clayton and Kaldor, 1987).
 *
 * <p>Memory: 10,000 classes, 10,000 files, and the latest 10,000 decisions. For one thread.
 */
public final class PatchRisks {
    /** With fewer decided patches nothing is said. */
    public static final int FEWEST = 20;

    private static final double WEIGHT = 20;
    private static final double WEIGHT_OF_FILE = 2;
    private static final double MOST = 0.95;
    private static final int MOST_CLASSES = 10_000;
    private static final int MOST_FILES = 10_000;

    private final Decisions decisions = new Decisions();
    private final Map<List<Object>, Tally> classes = new Bounded<>(MOST_CLASSES);
    private final Map<String, Standing> files = new Bounded<>(MOST_FILES);
    private Tally all = new Tally(0, 0);

    /** How many patches were bad of how many. */
    private record Tally(long bad, long patches) {

        Tally with(boolean isBad) {
            return new Tally(bad + (isBad ? 1 : 0), patches + 1);
        }
    }

    /** How many patches of a file were bad, and of how many that was to be expected. */
    private record Standing(double expected, long bad) {
        static final Standing NONE = new Standing(0, 0);

        Standing with(double risk, boolean isBad) {
            return new Standing(expected + risk, bad + (isBad ? 1 : 0));
        }

        double ratio() {
            return (WEIGHT_OF_FILE + bad) / (WEIGHT_OF_FILE + expected);
        }
    }

    /** Takes in an event; only {@code patch} teaches anything. */
    public void take(StoredEvent event) {
        decisions.news(event).ifPresent(this::take);
    }

    private void take(Decision decision) {
        if (all.patches() >= FEWEST) {
            double expected = risk(decision.traits());
            decision.files().forEach(file -> files.put(file, files.getOrDefault(file, Standing.NONE).with(expected, decision.bad())));
        }
        all = all.with(decision.bad());
        for (List<Object> of : decision.traits().classes()) {
            classes.put(of, classes.getOrDefault(of, new Tally(0, 0)).with(decision.bad()));
        }
    }

    /** How many patches were decided. */
    public long decided() {
        return all.patches();
    }

    /** How many of them were bad. */
    public long bad() {
        return all.bad();
    }

    /** The share of bad patches, above 0 and below 1: (0.5 + bad) / (1 + decided). */
    public double share() {
        return (0.5 + all.bad()) / (1 + all.patches());
    }

    /**
     * The chance that a patch is bad, above 0 and below 1; empty with fewer than {@value #FEWEST} decided patches.
     *
     * @param touched the files that it touches, as far as that is known
     */
    public OptionalDouble risk(Patch patch, Collection<String> touched) {
        if (all.patches() < FEWEST) {
            return OptionalDouble.empty();
        }
        double ratio = touched.stream().mapToDouble(file -> files.getOrDefault(file, Standing.NONE).ratio()).average().orElse(1);
        double risk = risk(Traits.of(patch));
        return OptionalDouble.of(ratio > 1 ? Math.max(risk, Math.min(MOST, risk * ratio)) : risk * ratio);
    }

    private double risk(Traits traits) {
        double risk = share();
        for (List<Object> of : traits.classes()) {
            Tally tally = classes.getOrDefault(of, new Tally(0, 0));
            risk = (WEIGHT * risk + tally.bad()) / (WEIGHT + tally.patches());
        }
        return risk;
    }
}
