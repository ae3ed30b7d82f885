package dev.autosync.core.connectors;

import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Alert;
import dev.autosync.trend.TrendReport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the state may be published: the last so many cycles ended green, and no alert is open.
 *
 * @param stable whether it may
 * @param reason why, or why not
 * @param upTo the sequence number of the last event that was looked at
 */
public record Stability(boolean stable, String reason, long upTo) {

    /** What holds where nobody knows what the history shows. */
    public static Stability unknown() {
        return new Stability(false, "the history could not be analysed", 0);
    }

    /**
     * Judges the state.
     *
     * @param history events of the latest cycles, this one included
     * @param trends what they show
     * @param greenCycles how many green cycles in a row it takes
     */
    public static Stability of(List<StoredEvent> history, TrendReport trends, int greenCycles) {
        List<String> ends = history.stream().filter(stored -> stored.event().kind().equals("cycle")).map(stored -> stored.event().subject())
                .toList();
        long upTo = history.isEmpty() ? 0 : history.get(history.size() - 1).sequence();
        int green = 0;
        while (green < ends.size() && ends.get(ends.size() - 1 - green).equals("green")) {
            green++;
        }
        if (green < greenCycles) {
            return new Stability(false, green + " of " + greenCycles + " green cycles in a row", upTo);
        }
        if (!trends.alerts().isEmpty()) {
            return new Stability(false, "alerts are open: " + trends.alerts().stream().map(Alert::id).collect(Collectors.joining(", ")), upTo);
        }
        return new Stability(true, green + " green cycles in a row, no open alert", upTo);
    }
}
