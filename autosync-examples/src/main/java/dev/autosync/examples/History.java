package dev.autosync.examples;

import dev.autosync.history.Stores;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a store holds. */
final class History {
    private History() {}

    /** How many events there are of each kind. */
    static Map<String, Integer> kinds(Path workspace, String store) {
        Map<String, Integer> kinds = new TreeMap<>();
        try (Store opened = Stores.open(workspace, store)) {
            for (StoredEvent stored : opened.read(EventQuery.all())) {
                kinds.merge(stored.event().kind(), 1, Integer::sum);
            }
        }
        return kinds;
    }

    static String summary(Map<String, Integer> kinds) {
        return kinds.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).collect(Collectors.joining(", "));
    }
}
