package dev.autosync.core.trend;

import dev.autosync.core.json.JsonSection;
import dev.autosync.core.text.Words;
import dev.autosync.history.RecordedPatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of a patch, as its event has it. */
record DecidedPatch(long sequence, String cycle, Instant at, Optional<PatchOutcome.Kind> outcome, String reason, List<String> failures,
        List<String> paths) implements RecordedPatch {

    DecidedPatch {
        failures = List.copyOf(failures);
        paths = List.copyOf(paths);
    }

    static RecordedPatch of(StoredEvent stored, Payloads payloads) {
        return payloads.read(stored, payload -> of(stored, payload)).orElseGet(() -> new DecidedPatch(stored.sequence(),
                stored.event().cycle(), stored.event().at(), Optional.empty(), "", List.of(), List.of()));
    }

    private static DecidedPatch of(StoredEvent stored, JsonSection payload) {
        return new DecidedPatch(stored.sequence(), stored.event().cycle(), stored.event().at(),
                Words.find(PatchOutcome.Kind.class, payload.requiredString("outcome")), payload.string("reason").orElse(""),
                payload.strings("failures"), payload.strings("paths"));
    }
}
