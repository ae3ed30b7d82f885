package dev.autosync.core.engine;

import dev.autosync.core.json.JsonSection;
import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.CulpritSearch.Strategy;
import java.util.Optional;

/** Reads how those are to be found that make a batch red. */
final class CulpritsConfig {
    private static final int MOST_RUNS = 1_000_000;

    private CulpritsConfig() {}

    static CulpritSearch read(JsonSection section) {
        CulpritSearch search = CulpritSearch.ofDefaults();
        Optional<String> strategy = section.string("strategy");
        if (strategy.isPresent()) {
            search = search.strategy(strategy(section, strategy.get()));
        }
        Optional<Double> confidence = section.number("confidence");
        if (confidence.isPresent()) {
            search = confident(section, search, confidence.get());
        }
        search = section.integer("mostRuns", 1, MOST_RUNS).map(Long::intValue).map(search::mostRuns).orElse(search);
        search = section.duration("mostTime").map(search::mostTime).orElse(search);
        search = section.duration("mostTestTime").map(search::mostTestTime).orElse(search);
        section.done();
        return search;
    }

    private static CulpritSearch confident(JsonSection section, CulpritSearch search, double least) {
        try {
            return search.confidence(least);
        } catch (IllegalArgumentException e) {
            throw section.invalid("confidence", String.valueOf(e.getMessage()));
        }
    }

    private static Strategy strategy(JsonSection section, String name) {
        return switch (name) {
            case "adaptive" -> Strategy.ADAPTIVE;
            case "one-by-one" -> Strategy.ONE_BY_ONE;
            case "bisection" -> Strategy.BISECTION;
            case "delta-debugging" -> Strategy.DELTA_DEBUGGING;
            default -> throw section.invalid("strategy",
                    "must be adaptive, one-by-one, bisection or delta-debugging, is '" + Untrusted.line(name, 80) + "'");
        };
    }
}
