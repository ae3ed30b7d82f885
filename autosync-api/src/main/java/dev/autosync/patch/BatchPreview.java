package dev.autosync.patch;

import java.util.List;
import java.util.Optional;

/**
 * What a batch would do to a workspace, as far as planning tells: the tests decide the rest.
 *
 * <p>Made by {@link PatchRunner#preview}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface BatchPreview {

    /**
     * What would become of each patch.
     *
     * @return one entry a patch, in the order of the batch
     */
    List<PatchPreview> patches();

    /**
     * What would become of a patch.
     *
     * @param patchId its id
     * @return empty if it is not in the batch
     */
    default Optional<PatchPreview> patch(String patchId) {
        return patches().stream().filter(patch -> patch.patch().id().equals(patchId)).findFirst();
    }

    /**
     * The patches of the batch on which a patch depends: it reads or changes what they change, or says that it needs them. Two of which neither
     * depends on the other, and neither changes what the other reads, give the same bytes in either order.
     *
     * @param patchId the id of a patch
     * @return their ids in the order of the batch; empty if there are none, or the patch would not be applied
     */
    default List<String> dependsOn(String patchId) {
        return patch(patchId).map(PatchPreview::dependsOn).orElse(List.of());
    }

    /**
     * What all patches together would change, if all that can be applied were to land: what {@code git apply} and AutoSync turn into the same
     * bytes.
     *
     * @return a unified diff in git's dialect, whole contents where they are binary; no bytes if nothing would change
     */
    byte[] diff();
}
