package dev.autosync.core.connectors;

import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.Pulling.Pulled;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the last pull of each source that counted has ended, as the history keeps it. */
public final class Cursors {
    static final String PULL = "pull";
    static final String CURSOR = "cursor";

    private final LatestEvents latest = new LatestEvents(CURSOR);

    /** Reads what is new in the history. */
    public void refresh(Store store) {
        latest.refresh(store);
    }

    /** Where the next pull of a source begins. */
    public Cursor of(String connector) {
        return latest.of(connector).map(stored -> JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED))
                .requiredString("cursor")).map(Cursor::of).orElse(Cursor.start());
    }

    /**
     * What the history is to keep of pulls. A cursor moves only when every patch up to there has a final outcome; what is undecided, or was
     * not taken into the batch, is pulled again.
     */
    public static List<Event> events(List<Pulled> pulls, BatchReport batch, String cycle, Instant at) {
        boolean open = !batch.outcomes(PatchOutcome.Kind.UNDECIDED).isEmpty();
        List<Event> events = new ArrayList<>();
        for (Pulled pull : pulls) {
            Cursor next = pull.next();
            if (pull.failed() || next != null) {
                events.add(Event.of(cycle, PULL, pull.connector(), at, Map.of("patches", (double) pull.patches().size()), payload(pull)));
            }
            if (next != null && pull.patches().stream().allMatch(patch -> decided(batch, patch.id(), open))) {
                events.add(Event.of(cycle, CURSOR, pull.connector(), at, Map.of(), JsonOut.line(out -> out.text("cursor", next.text()))));
            }
        }
        return events;
    }

    /** As long as something of the batch is open, what does not fit may not fit for its sake alone. */
    private static boolean decided(BatchReport batch, String id, boolean open) {
        return batch.outcome(id).filter(outcome -> switch (outcome.kind()) {
            case APPLIED, ALREADY_APPLIED, BLAMED, REFUSED -> true;
            case CONFLICTED, AMBIGUOUS, DROPPED -> !open;
            case UNDECIDED -> false;
        }).isPresent();
    }

    private static String payload(Pulled pull) {
        return JsonOut.line(out -> {
            out.text("outcome", pull.failed() ? "failed" : "changes");
            ErrorCode code = pull.code();
            if (code != null) {
                out.text("code", code.id()).text("message", pull.message());
            }
        });
    }
}
