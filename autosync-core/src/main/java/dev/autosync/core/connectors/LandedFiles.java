package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What cycles together have done to files since a place in the history. */
final class LandedFiles {
    static final String KIND = "landed";

    private final SortedMap<String, Change> changes = new TreeMap<>();
    private long upTo;

    private LandedFiles(long after) {
        this.upTo = after;
    }

    /**
     * What became of a file.
     *
     * @param before the SHA-256 of what it held before; null if it was not there
     * @param after the SHA-256 of what it held in the end; null if it was not there
     */
    record Change(@Nullable String before, @Nullable String after) {}

    /** What has landed after a sequence number. */
    static LandedFiles after(Store store, long after) {
        LandedFiles landed = new LandedFiles(after);
        List<StoredEvent> events = store.read(EventQuery.all().kind(KIND).after(after));
        for (StoredEvent stored : events) {
            JsonSection payload = JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED));
            payload.elements("files").forEach(file -> landed.add(JsonSection.of(file)));
            landed.upTo = stored.sequence();
        }
        return landed;
    }

    /**
     * A file that held something else than the cycle before had left there was changed by somebody in between. From there on it counts anew:
     * what somebody else did is not ours to publish.
     */
    private void add(JsonSection file) {
        String path = file.requiredString("path");
        String before = text(file, "before");
        String after = text(file, "after");
        Change earlier = changes.get(path);
        changes.put(path, new Change(earlier != null && Objects.equals(earlier.after(), before) ? earlier.before() : before, after));
    }

    private static @Nullable String text(JsonSection file, String key) {
        JsonNode node = file.required(key);
        return node.kind() == JsonNode.Kind.NULL ? null : file.requiredString(key);
    }

    /** Whether nothing has landed. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** By path, in their order. A file that was there neither before nor in the end is left out. */
    SortedMap<String, Change> changes() {
        SortedMap<String, Change> net = new TreeMap<>(changes);
        net.values().removeIf(change -> change.before() == null && change.after() == null);
        return net;
    }

    /** The sequence number of the last event that is in it. */
    long upTo() {
        return upTo;
    }
}
