package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.StoredEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has done, as the history keeps it.
 *
 * @param outcome the outcome as the history names it
 * @param reason why
 * @param id the publication's id
 * @param revision what the other side calls what it holds; empty if it has no name
 * @param upTo the sequence number up to which landed files are there
 * @param reaches the sequence number up to which landed files would be there if it has arrived
 * @param code the code of a failure; null if it did not fail
 */
record Published(String outcome, String reason, String id, String revision, long upTo, long reaches,
        @Nullable ErrorCode code) {
    static final String KIND = "publish";

    /** What stands in the history before anything was published. */
    static final Published NOTHING = new Published("", "", "", "", 0, 0, null);

    /** What stands in the history while a publication is under way: if this process dies, the next one knows what may have arrived. */
    static Published started(Published last, String id, long reaches) {
        return new Published("started", "", id, last.revision(), last.upTo(), reaches, null);
    }

    /** Whether nobody knows if it has arrived. */
    boolean pending() {
        return reaches > upTo && (outcome.equals("started") || outcome.equals(name(PublicationOutcome.Kind.UNKNOWN)));
    }

    static String name(PublicationOutcome.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    String payload() {
        return JsonOut.line(out -> {
            out.text("outcome", outcome).text("reason", reason).text("id", id).text("revision", revision).number("upTo", upTo).number("reaches", reaches);
            if (code != null) {
                out.text("code", code.id());
            }
        });
    }

    /** Reads an event of the kind. */
    static Published of(StoredEvent stored) {
        JsonSection payload = JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED));
        return new Published(payload.requiredString("outcome"), payload.requiredString("reason"), payload.requiredString("id"),
                payload.requiredString("revision"), payload.integer("upTo", 0, Long.MAX_VALUE).orElse(0L),
                payload.integer("reaches", 0, Long.MAX_VALUE).orElse(0L), null);
    }
}
