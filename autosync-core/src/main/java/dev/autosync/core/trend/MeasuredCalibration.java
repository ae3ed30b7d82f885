package dev.autosync.core.trend;

import dev.autosync.history.Calibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Risks that were foretold, held against what came of them; the parts are described there. */
record MeasuredCalibration(int patches, double ece, List<Calibration.Bin> bins) implements Calibration {
    private static final int BINS = 10;

    MeasuredCalibration {
        bins = List.copyOf(bins);
    }

    /**
     * A prediction.
     *
     * @param risk how likely the patch was said to be bad
     * @param bad whether it was
     */
    record Prediction(double risk, boolean bad) {}

    private record Part(double from, double to, double meanPredicted, double observed, int count) implements Calibration.Bin {

        static Part of(List<Prediction> some) {
            return new Part(some.get(0).risk(), some.get(some.size() - 1).risk(), some.stream().mapToDouble(Prediction::risk).average().orElseThrow(),
                    some.stream().filter(Prediction::bad).count() / (double) some.size(), some.size());
        }
    }

    static Calibration of(List<Prediction> predictions) {
        List<Prediction> sorted = predictions.stream().sorted(Comparator.comparingDouble(Prediction::risk)).toList();
        int bins = Math.min(BINS, sorted.size());
        List<Calibration.Bin> parts = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            Part part = Part.of(sorted.subList(place(bin, bins, sorted.size()), place(bin + 1, bins, sorted.size())));
            error += Math.abs(part.meanPredicted() - part.observed()) * part.count() / sorted.size();
            parts.add(part);
        }
        return new MeasuredCalibration(sorted.size(), error, parts);
    }

    private static int place(int bin, int bins, int patches) {
        return (int) ((long) bin * patches / bins);
    }
}
