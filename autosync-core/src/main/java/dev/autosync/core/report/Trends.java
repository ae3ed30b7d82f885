package dev.autosync.core.report;

import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.List;

/** Which trends are worth telling where there is not room for all. */
final class Trends {
    private static final String KPI = "kpi:";

    private Trends() {}

    /** Those of KPIs, and of others those that move. */
    static List<Trend> worthTelling(TrendReport report) {
        return report.trends().stream().filter(trend -> moves(trend) || isKpi(trend)).toList();
    }

    static boolean moves(Trend trend) {
        return trend.movement() == Trend.Movement.RISING || trend.movement() == Trend.Movement.FALLING;
    }

    /** The series of a KPI. */
    static String seriesOf(String kpi) {
        return KPI + kpi;
    }

    private static boolean isKpi(Trend trend) {
        return trend.series().name().startsWith(KPI);
    }
}
