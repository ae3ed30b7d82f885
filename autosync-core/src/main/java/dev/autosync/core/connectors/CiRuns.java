package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.publish.CiRun;
import dev.autosync.spi.StoredEvent;
import java.util.Arrays;
import java.util.Locale;

/** Runs that were started elsewhere, as the history keeps them. */
final class CiRuns {
    static final String KIND = "ci-run";

    private CiRuns() {}

    /**
     * A run and what it runs on.
     *
     * @param run the run
     * @param revision what it was started for
     */
    record Started(CiRun run, String revision) {

        String payload() {
            return JsonOut.line(out -> out
                    .text("id", run.id())
                    .text("address", run.address())
                    .text("revision", revision)
                    .text("state", run.state().name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Reads an event of the kind. */
    static Started of(StoredEvent stored) {
        JsonSection payload = JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED));
        String state = payload.requiredString("state");
        return new Started(CiRun.of(payload.requiredString("id"), payload.requiredString("address"),
                Arrays.stream(CiRun.State.values()).filter(known -> known.name().toLowerCase(Locale.ROOT).equals(state)).findFirst()
                        .orElse(CiRun.State.UNKNOWN)),
                payload.requiredString("revision"));
    }
}
