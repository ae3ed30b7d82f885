package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which patches have landed in earlier cycles, from the store. A patch file that stays where it is must not be applied again: appending
 * to an array once more would succeed.
 *
 * <p>A patch is known by its id and any of its checksums, those of earlier releases included. One under another id that asks for the same has landed
 * if all files that the known one has changed still hold what its cycle left in them: somebody may have undone it since, and want it again.
 */
final class LandedPatches {
    private static final int MAX_WORKS = 100_000;

    private final Map<String, String> cycleByPatch = new HashMap<>();
    private final Map<String, Work> workByChecksum = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Work> eldest) {
            return size() > MAX_WORKS;
        }
    };
    private final Map<String, Left> lastByPath = new HashMap<>();
    private final KindReader patches = new KindReader(Events.PATCH);
    private final KindReader landed = new KindReader(Events.LANDED);

    /**
     * What a patch has done.
     *
     * @param cycle when
     * @param paths the files that it has changed
     */
    private record Work(String cycle, List<String> paths) {}

    /**
     * What a file held after it was changed last.
     *
     * @param cycle when
     * @param sha256 the hash of its bytes; empty if it was gone
     */
    private record Left(String cycle, String sha256) {}

    /** Reads what is new in the store since the last time. */
    void refresh(Store store) {
        for (StoredEvent stored : patches.news(store)) {
            JsonSection payload = payload(stored);
            if (payload.requiredString("outcome").equals(Events.name(PatchOutcome.Kind.APPLIED))) {
                String cycle = stored.event().cycle();
                cycleByPatch.put(key(stored.event().subject(), payload.requiredString("checksum")), cycle);
                for (String checksum : payload.strings("checksums")) {
                    cycleByPatch.put(key(stored.event().subject(), checksum), cycle);
                    workByChecksum.put(checksum, new Work(cycle, payload.strings("paths")));
                }
            }
        }
        for (StoredEvent stored : landed.news(store)) {
            for (JsonNode node : payload(stored).elements("files")) {
                String after = node.get("after").filter(hash -> hash.kind() == JsonNode.Kind.STRING).map(JsonNode::text).orElse("");
                lastByPath.put(JsonSection.of(node).requiredString("path"), new Left(stored.event().cycle(), after));
            }
        }
    }

    private static JsonSection payload(StoredEvent stored) {
        return JsonSection.of(JsonText.parse(stored.event().payload(), "store", ErrorCode.STORE_DAMAGED));
    }

    /**
     * Tells of a patch in which cycle it has landed.
     *
     * @param now what the workspace holds
     * @param checksums gives the checksum of a patch
     */
    Function<Patch, Optional<String>> in(Snapshot now, Function<Patch, String> checksums) {
        return patch -> {
            String checksum = checksums.apply(patch);
            return Optional.ofNullable(cycleByPatch.get(key(patch.id(), checksum)))
                    .or(() -> Optional.ofNullable(cycleByPatch.get(key(patch.id(), bare(patch.checksum())))))
                    .or(() -> Optional.ofNullable(workByChecksum.get(checksum)).filter(work -> stands(work, now)).map(Work::cycle));
        };
    }

    private boolean stands(Work work, Snapshot now) {
        return !work.paths().isEmpty()
                && work.paths().stream().allMatch(path -> new Left(work.cycle(), now.sha256(path).orElse("")).equals(lastByPath.get(path)));
    }

    /** The digits alone, as releases before versions of checksums have written them. */
    static String bare(String checksum) {
        return checksum.substring(checksum.lastIndexOf(':') + 1);
    }

    private static String key(String id, String checksum) {
        return id + " " + checksum;
    }
}
