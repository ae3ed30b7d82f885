package dev.autosync.core.report;

import dev.autosync.core.text.Words;
import dev.autosync.improve.Feedback;
import dev.autosync.patch.Blame;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Trend;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How reports call things. */
final class Labels {
    private static final int MOST_EVENTS = 5;
    private static final int MOST_PATCHES = 10;

    private Labels() {}

    static String of(PatchOutcome.Kind kind) {
        return switch (kind) {
            case APPLIED -> "applied";
            case ALREADY_APPLIED -> "already applied";
            case AMBIGUOUS -> "ambiguous";
            case CONFLICTED -> "conflict";
            case REFUSED -> "refused";
            case BLAMED -> "culprit";
            case DROPPED -> "dropped";
            case UNDECIDED -> "undecided";
        };
    }

    /** A constant in the words of files and reports: lower case, with hyphens. */
    static String word(Enum<?> constant) {
        return Words.of(constant);
    }

    /** Which way a series moves, and whether that is good. */
    static String movement(Trend trend) {
        String words = switch (trend.movement()) {
            case RISING -> "rising";
            case FALLING -> "falling";
            case STEADY -> "steady";
            case UNKNOWN -> "too few values to tell";
        };
        return words + (trend.improving() ? ", better" : trend.worsening() ? ", worse" : "");
    }

    /** How fast, in the unit of the series. */
    static String slope(Trend trend) {
        return (trend.slopePerCycle() > 0 ? "+" : "") + number(trend.slopePerCycle()) + unit(trend.series().unit()) + " a cycle";
    }

    static String pValue(double p) {
        return p < 0.001 ? "p < 0.001" : "p = " + p(p);
    }

    /** A p-value without its name. */
    static String p(double p) {
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    /** Whether what was adopted has helped, with the numbers. */
    static String feedback(Feedback feedback) {
        String verdict = switch (feedback.verdict()) {
            case HELPED -> "helped";
            case NOT_HELPED -> "has not helped";
            case HARMED -> "harmed";
            case UNDECIDED -> "too early to tell";
        };
        return verdict + ": " + figures(feedback);
    }

    /** What was watched, before and after. */
    static String figures(Feedback feedback) {
        return series(feedback.series()) + ", " + median(feedback.medianBefore(), feedback.valuesBefore()) + " before, "
                + median(feedback.medianAfter(), feedback.valuesAfter()) + " after"
                + (feedback.verdict() == Feedback.Verdict.UNDECIDED ? "" : ", " + pValue(feedback.pValue()));
    }

    private static String median(double median, int values) {
        return values == 0 ? "no value" : "median " + number(median) + " of " + count(values, "value");
    }

    /** The names of the engine's series in words; those of others as they are. */
    static String series(String name) {
        return switch (name) {
            case "success" -> "green cycles";
            case "cycle-seconds" -> "time of a cycle";
            case "test-seconds" -> "time of its tests";
            case "test-runs" -> "test runs";
            case "runs-per-patch" -> "test runs per patch";
            case "lock-wait-seconds" -> "wait for the workspace";
            case "retries" -> "runs again";
            case "culprits" -> "culprits";
            case "landed" -> "patches landed";
            default -> name.startsWith("kpi:") ? "KPI " + name.substring(4)
                    : name.startsWith("failures:") ? "failures of " + name.substring(9) : name;
        };
    }

    static String run(int number) {
        return number == 0 ? "baseline" : Integer.toString(number);
    }

    /** How sure a blame is, and how it can be seen again. */
    static String evidence(Blame blame) {
        String sure = String.format(Locale.ROOT, "%.1f %% sure by %d runs", 100 * blame.probability(), blame.runs().size());
        return sure + blame.reproduction().map(smallest -> "; the smallest tree that fails has " + (smallest.patches().size() == 1 ? "this patch alone"
                : patches(smallest.patches())) + ", run " + smallest.run()).orElse("") + ".";
    }

    private static String patches(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(MOST_PATCHES, ids.size()))) + (ids.size() > MOST_PATCHES ? " " + more(ids.size() - MOST_PATCHES) : "");
    }

    /** The beginning of a hash. */
    static String hash(String hex) {
        return hex.substring(0, Math.min(16, hex.length()));
    }

    /** The first few of some events by their numbers. */
    static String events(List<Long> sequences) {
        String shown = String.join(", ", sequences.stream().limit(MOST_EVENTS).map(String::valueOf).toList());
        return sequences.isEmpty() ? "no event" : (sequences.size() == 1 ? "event " : "events ") + shown
                + (sequences.size() > MOST_EVENTS ? " and " + (sequences.size() - MOST_EVENTS) + " more" : "");
    }

    static String value(Kpi kpi) {
        return number(kpi.value()) + unit(kpi.unit());
    }

    static String target(Kpi kpi) {
        return kpi.target().isEmpty() ? "" : (kpi.direction() == Kpi.Direction.UP ? "at least " : "at most ")
                + number(kpi.target().getAsDouble()) + unit(kpi.unit());
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    /** A share of one as per cent; only all is 100 and only none is 0. */
    static String percent(double share01) {
        long percent = Math.round(share01 * 100);
        return (percent == 100 && share01 < 1 ? 99 : percent == 0 && share01 > 0 ? 1 : percent) + " %";
    }

    /** A whole number with its thousands set apart. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What stands for what is left out. */
    static String more(int count) {
        return "and " + whole(count) + " more";
    }

    /** A number and what is counted, in the singular where it is one. */
    static String count(long number, String what) {
        return whole(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String unit(String unit) {
        return unit.isEmpty() ? "" : " " + unit;
    }

    /** Four digits that count, or all of those in front of the point. */
    static String number(double number) {
        if (!Double.isFinite(number)) {
            return "beyond numbers";
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        int digits = Math.max(4, exact.precision() - exact.scale());
        String plain = exact.round(new MathContext(digits)).stripTrailingZeros().toPlainString();
        return plain.length() > 20 ? Double.toString(number) : plain;
    }
}
