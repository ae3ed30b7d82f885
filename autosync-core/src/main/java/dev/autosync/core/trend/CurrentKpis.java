package dev.autosync.core.trend;

import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The KPIs and their series. A cycle records every KPI that there is, so that one which the latest cycle that did not fail has not recorded was
 * taken out by its owner: its series stays, but it is no KPI any more, and raises no alert.
 */
final class CurrentKpis {
    private static final String PREFIX = "kpi:";

    private final Map<String, Kpi> current = new TreeMap<>();
    private final List<Series> series = new ArrayList<>();

    private CurrentKpis() {}

    static CurrentKpis of(List<RecordedCycle> cycles, Payloads payloads) {
        Map<String, List<Series.Point>> points = new TreeMap<>();
        Map<String, StoredEvent> latest = new TreeMap<>();
        int last = -1;
        for (RecordedCycle cycle : cycles) {
            last = cycle.failed() ? last : cycle.position();
            for (StoredEvent event : cycle.kpis()) {
                add(cycle, event, points, latest);
            }
        }
        CurrentKpis kpis = new CurrentKpis();
        for (Map.Entry<String, StoredEvent> entry : latest.entrySet()) {
            String name = entry.getKey();
            List<Series.Point> values = points.getOrDefault(name, List.of());
            Kpi kpi = kpi(entry.getValue(), payloads);
            kpis.series.add(Series.of(PREFIX + name, kpi.unit(), kpi.target().isPresent() ? kpi.direction() : null, values));
            if (values.get(values.size() - 1).position() == last) {
                kpis.current.put(name, kpi);
            }
        }
        return kpis;
    }

    private static void add(RecordedCycle cycle, StoredEvent event, Map<String, List<Series.Point>> points, Map<String, StoredEvent> latest) {
        String name = event.event().subject();
        Double value = event.event().numbers().get("value");
        if (value == null || name.isBlank()) {
            return;
        }
        List<Series.Point> values = points.computeIfAbsent(name, any -> new ArrayList<>());
        if (!values.isEmpty() && values.get(values.size() - 1).position() == cycle.position()) {
            values.remove(values.size() - 1); // recorded twice in a cycle: the later one counts
        }
        values.add(cycle.point(event, value));
        latest.put(name, event);
    }

    private static Kpi kpi(StoredEvent event, Payloads payloads) {
        Map<String, Double> numbers = event.event().numbers();
        Kpi kpi = Kpi.of(event.event().subject(), numbers.getOrDefault("value", 0.0))
                .weight(Math.max(0, numbers.getOrDefault("weight", 1.0)));
        return payloads.read(event, payload -> described(kpi, numbers.get("target"), payload)).orElse(kpi);
    }

    private static Kpi described(Kpi kpi, @Nullable Double target, JsonSection payload) {
        Kpi measured = kpi.unit(payload.string("unit").orElse(""));
        Optional<Kpi.Direction> direction = payload.string("direction").flatMap(CurrentKpis::direction);
        return target == null || direction.isEmpty() ? measured : measured.target(target, direction.get());
    }

    private static Optional<Kpi.Direction> direction(String name) {
        return List.of(Kpi.Direction.values()).stream().filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
    }

    /** Those that there are, by name. */
    List<Kpi> values() {
        return List.copyOf(current.values());
    }

    /** All that there are and were, by name. */
    List<Series> series() {
        return series;
    }

    /** Whether it is the series of a KPI that was taken out. */
    boolean isGone(Series one) {
        return one.name().startsWith(PREFIX) && !current.containsKey(one.name().substring(PREFIX.length()));
    }

    /** The share of the weight that lies on targets that are met. */
    OptionalDouble score01() {
        List<Kpi> aimed = current.values().stream().filter(kpi -> kpi.target().isPresent()).toList();
        double heaviest = aimed.stream().mapToDouble(Kpi::weight).max().orElse(0);
        if (heaviest == 0) {
            return OptionalDouble.empty();
        }
        // Relative to the heaviest: the sum of finite weights need not be finite.
        double all = aimed.stream().mapToDouble(kpi -> kpi.weight() / heaviest).sum();
        return OptionalDouble.of(aimed.stream().filter(Kpi::met).mapToDouble(kpi -> kpi.weight() / heaviest).sum() / all);
    }
}
