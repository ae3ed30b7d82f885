package dev.autosync.core.report;

import dev.autosync.patch.PatchOutcome;
import dev.autosync.trend.Kpi;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How reports call things. */
final class Labels {
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

    static String value(Kpi kpi) {
        return number(kpi.value()) + unit(kpi);
    }

    static String target(Kpi kpi) {
        return kpi.target().isEmpty() ? ""
                : (kpi.direction() == Kpi.Direction.UP ? "at least " : "at most ") + number(kpi.target().getAsDouble()) + unit(kpi);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static String unit(Kpi kpi) {
        return kpi.unit().isEmpty() ? "" : " " + kpi.unit();
    }

    /** Four digits that count, or all of those in front of the point. */
    private static String number(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        int digits = Math.max(4, exact.precision() - exact.scale());
        String plain = exact.round(new MathContext(digits)).stripTrailingZeros().toPlainString();
        return plain.length() > 20 ? Double.toString(number) : plain;
    }
}
