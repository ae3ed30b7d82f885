package dev.autosync.core.improve;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;

/**
 * The payload of an event, read with patience: what is something else than expected is as if it were not there. A history may be older than
 * this AutoSync, or newer.
 *
 * <p>Threads: immutable.
 */
final class Payload {
    private static final JsonNode NOTHING = JsonText.parse("{}", "(none)", ErrorCode.INTERNAL);

    private final JsonNode json;

    private Payload(JsonNode json) {
        this.json = json;
    }

    static Payload of(StoredEvent event) {
        try {
            return new Payload(JsonText.parse(event.event().payload(), "event " + event.sequence(), ErrorCode.STORE_DAMAGED));
        } catch (AutoSyncException e) {
            return new Payload(NOTHING);
        }
    }

    /** A text; empty if there is none. */
    Optional<String> text(String name) {
        return json.get(name).filter(node -> node.kind() == JsonNode.Kind.STRING).map(JsonNode::text);
    }

    /** The texts of an array. */
    List<String> texts(String name) {
        return json.get(name).stream().flatMap(node -> node.elements().stream())
                .filter(node -> node.kind() == JsonNode.Kind.STRING).map(JsonNode::text).toList();
    }
}
