package dev.autosync.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Patches that are taken on together, in an order in which each comes after those that it needs.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PatchBatch {
    private static final int MAX_SHOWN = 10;

    private final List<Patch> patches;

    private PatchBatch(List<Patch> patches) {
        this.patches = patches;
    }

    /**
     * A batch of patches.
     *
     * @param patches in the order in which they arrived; a patch that needs a later one is moved behind it
     * @return the batch
     * @throws AutoSyncException {@link ErrorCode#BATCH_INVALID} if two have one id, one needs a patch that is not there, or some
     *     need each other in a circle
     */
    public static PatchBatch of(Patch... patches) {
        return of(Arrays.asList(patches));
    }

    /**
     * A batch of patches.
     *
     * @param patches in the order in which they arrived; a patch that needs a later one is moved behind it
     * @return the batch
     * @throws AutoSyncException {@link ErrorCode#BATCH_INVALID} if two have one id, one needs a patch that is not there, or some
     *     need each other in a circle
     */
    public static PatchBatch of(List<Patch> patches) {
        Map<String, Patch> byId = new LinkedHashMap<>();
        for (Patch patch : patches) {
            if (byId.put(patch.id(), patch) != null) {
                throw invalid("two patches have the id '" + patch.id() + "'; give each its own");
            }
        }
        List<Patch> ordered = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        for (Patch patch : patches) {
            if (!placed.contains(patch.id())) {
                place(patch, byId, placed, ordered);
            }
        }
        return new PatchBatch(List.copyOf(ordered));
    }

    /**
     * Reads the patch files of a folder, in the order of their names, or a single one: {@code *.json} as {@code patch.schema.json} describes,
     * {@code *.patch} and {@code *.diff} as unified diffs, and what else {@linkplain dev.autosync.spi.PatchFormat#extensions formats} know by
     * the end of a file's name. A patch that is a file of its own has the file's name as its id, and the author and the subject that
     * {@code git format-patch} writes above a diff.
     *
     * @param path a folder or a file
     * @return the batch
     * @throws AutoSyncException with the place in the file, if one is not as it should be; {@link ErrorCode#BATCH_INVALID} if two patches have
     *     one id; {@link ErrorCode#PATCH_LIMIT} if there are more patches or bytes than {@link PatchLimits#ofDefaults()} allows
     */
    public static PatchBatch read(Path path) {
        return of(Core.provider().readPatches(path));
    }

    /**
     * The patches, each after those that it needs.
     *
     * @return all of them
     */
    public List<Patch> patches() {
        return patches;
    }

    /** Depth first, and without recursion: a chain of needs may be as long as somebody likes. */
    private static void place(Patch first, Map<String, Patch> byId, Set<String> placed, List<Patch> ordered) {
        Map<String, Iterator<String>> open = new LinkedHashMap<>();
        Deque<Patch> path = new ArrayDeque<>();
        path.push(first);
        while (!path.isEmpty()) {
            Patch patch = path.element();
            Iterator<String> needs = open.computeIfAbsent(patch.id(), id -> patch.needs().iterator());
            if (!needs.hasNext()) {
                path.pop();
                open.remove(patch.id());
                placed.add(patch.id());
                ordered.add(patch);
                continue;
            }
            String need = needs.next();
            Patch needed = byId.get(need);
            if (needed == null) {
                throw invalid("patch '" + patch.id() + "' needs '" + need + "', which is not in the batch");
            }
            if (open.containsKey(need)) {
                throw invalid("patches need each other in a circle: " + circle(need, open.keySet()));
            }
            if (!placed.contains(need)) {
                path.push(needed);
            }
        }
    }

    private static String circle(String need, Set<String> open) {
        List<String> ids = open.stream().dropWhile(id -> !id.equals(need)).toList();
        return String.join(" -> ", ids.subList(0, Math.min(MAX_SHOWN, ids.size()))) + (ids.size() > MAX_SHOWN ? " -> ..." : "") + " -> " + need;
    }

    private static AutoSyncException invalid(String why) {
        return new AutoSyncException(ErrorCode.BATCH_INVALID, "Cannot make a batch: " + why);
    }
}
