package dev.autosync.core.experience;

import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A patch of which is known whether it was good: it landed, or it was blamed. What does not apply, was dropped because of another or not decided says nothing.
 *
 * @param key tells it from every other patch with the same ending: one that is left lying is tried, and blamed, in every cycle
 * @param traits what is known of it beforehand
 * @param files those that it touches; empty if that is not known
 * @param risk how likely it was said to be bad before it was run; null if nothing was said
 * @param bad whether it was blamed
 */
public record Decision(String key, Traits traits, List<String> files, @Nullable Double risk, boolean bad) {
    /** Copies the files. */
    public Decision {
        files = List.copyOf(files);
    }

    /** What an event tells; empty if that is no patch that was good or bad, or cannot be read. */
    public static Optional<Decision> of(StoredEvent event) {
        return event.event().kind().equals("patch") ? Payload.read(event, payload -> of(event, payload)) : Optional.empty();
    }

    private static Optional<Decision> of(StoredEvent event, JsonSection payload) {
        String outcome = payload.requiredString("outcome");
        if (!outcome.equals("applied") && !outcome.equals("blamed")) {
            return Optional.empty();
        }
        Double bytes = event.event().numbers().get("bytes");
        return Optional.of(new Decision(event.event().subject() + " " + payload.string("checksum").orElse("") + " " + outcome,
                new Traits(payload.string("format").orElse(""), payload.string("author").orElse(""), bytes == null ? -1 : bytes.intValue()),
                payload.strings("files"), event.event().numbers().get("risk"), outcome.equals("blamed")));
    }

    /** The prediction, if there was one that can be. */
    public OptionalDouble prediction() {
        return risk != null && risk > 0 && risk < 1 ? OptionalDouble.of(risk) : OptionalDouble.empty();
    }
}
