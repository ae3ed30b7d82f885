package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
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
     * @param between the SHA-256 of what cycles put there on the way
     * @param after the SHA-256 of what it held in the end; null if it was not there
     */
    record Change(@Nullable String before, List<String> between, @Nullable String after) {

        /** What became of it with another step; what somebody did in between makes it begin anew. */
        private Change then(@Nullable String next, @Nullable String last) {
            if (!Objects.equals(after, next)) {
                return new Change(next, List.of(), last);
            }
            List<String> steps = new ArrayList<>(between);
            if (after != null) {
                steps.add(after);
            }
            return new Change(before, List.copyOf(steps), last);
        }
    }

    /** What has landed after a sequence number. */
    static LandedFiles after(Store store, long after) {
        return between(store, after, Long.MAX_VALUE);
    }

    /** What has landed after one sequence number, up to another. */
    static LandedFiles between(Store store, long after, long upTo) {
        LandedFiles landed = new LandedFiles(after);
        for (StoredEvent stored : store.read(EventQuery.all().kind(KIND).after(after))) {
            if (stored.sequence() > upTo) {
                break;
            }
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
        changes.put(path, earlier == null ? new Change(before, List.of(), after) : earlier.then(before, after));
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
