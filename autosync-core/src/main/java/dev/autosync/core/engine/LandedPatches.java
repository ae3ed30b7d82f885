package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which patches have landed in earlier cycles, from the store. A patch file that stays where it is must not be applied again: appending
 * to an array once more would succeed.
 */
final class LandedPatches {
    private final Map<String, String> cycleByPatch = new HashMap<>();
    private final KindReader reader = new KindReader(Events.PATCH);

    /** Reads what is new in the store since the last time. */
    void refresh(Store store) {
        for (StoredEvent stored : reader.news(store)) {
            JsonSection payload = JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED));
            if (payload.requiredString("outcome").equals(Events.name(PatchOutcome.Kind.APPLIED))) {
                cycleByPatch.put(key(stored.event().subject(), payload.requiredString("checksum")), stored.event().cycle());
            }
        }
    }

    /** The cycle in which exactly this patch, under this id, has landed. */
    Optional<String> cycleOf(Patch patch) {
        return Optional.ofNullable(cycleByPatch.get(key(patch.id(), patch.checksum())));
    }

    private static String key(String id, String checksum) {
        return id + " " + checksum;
    }
}
