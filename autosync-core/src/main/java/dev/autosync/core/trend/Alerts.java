package dev.autosync.core.trend;

import dev.autosync.trend.Alert;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Raises alerts by rules. Where no rule is given there is one for each series that can worsen: they share a level of 1 % (Bonferroni), so that a
 * history in which nothing moves raises any alert at all in less than one analysis in a hundred.
 */
final class Alerts {
    private static final double DEFAULT_LEVEL = 0.01;
    private static final int LEAST_POINTS = 10;

    private final Optional<List<AlertRule>> rules;

    /** Empty for the default rules, which is not the same as an empty list. */
    Alerts(Optional<List<AlertRule>> rules) {
        this.rules = rules;
    }

    /** The alerts that are open, in the order of the rules. Of several rules of a kind on a series the first one that holds speaks. */
    List<Alert> of(List<Trend> trends) {
        Map<String, Trend> byName = trends.stream().collect(Collectors.toMap(trend -> trend.series().name(), Function.identity(),
                (first, second) -> first, LinkedHashMap::new));
        List<Alert> alerts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (AlertRule rule : rules.orElseGet(() -> defaults(trends))) {
            Trend trend = byName.get(rule.series());
            if (trend != null && holds(rule, trend) && ids.add(id(rule))) {
                alerts.add(Alert.of(id(rule), AlertText.of(rule, trend), evidence(rule, trend.series().points())));
            }
        }
        return alerts;
    }

    private static List<AlertRule> defaults(List<Trend> trends) {
        List<Series> watched = trends.stream().map(Trend::series)
                .filter(series -> series.better().isPresent() && series.points().size() >= LEAST_POINTS).toList();
        return watched.stream().map(series -> AlertRule.worsening(series.name(), DEFAULT_LEVEL / watched.size())).toList();
    }

    private static boolean holds(AlertRule rule, Trend trend) {
        List<Series.Point> points = trend.series().points();
        double latest = points.get(points.size() - 1).value();
        return switch (rule.kind()) {
            case BELOW -> latest < rule.threshold();
            case ABOVE -> latest > rule.threshold();
            case WORSENING -> trend.pValue() <= rule.threshold() && movesWorse(trend);
        };
    }

    /** By the order of the values, whatever level the report calls significant. */
    private static boolean movesWorse(Trend trend) {
        return trend.movement() != Trend.Movement.UNKNOWN && trend.series().better()
                .map(better -> better == Kpi.Direction.UP ? trend.tau() < 0 : trend.tau() > 0).orElse(false);
    }

    private static List<Long> evidence(AlertRule rule, List<Series.Point> points) {
        int first = rule.kind() == AlertRule.Kind.WORSENING ? 0 : points.size() - 1;
        return points.subList(first, points.size()).stream().map(Series.Point::sequence).toList();
    }

    private static String id(AlertRule rule) {
        return rule.kind().name().toLowerCase(Locale.ROOT) + ":" + rule.series();
    }
}
