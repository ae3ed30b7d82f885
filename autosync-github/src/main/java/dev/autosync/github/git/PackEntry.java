package dev.autosync.github.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the compressed bytes of an object in a pack.
 *
 * @param type as in {@link Constants}
 * @param length how long the bytes are when inflated
 * @param distance how far before this the base of a delta stands; 0 if it is named
 * @param base the name of the base of a delta; null if it is given by its distance, or for what is no delta
 * @param data where the compressed bytes begin
 */
record PackEntry(int type, int length, long distance, @Nullable ObjectId base, long data) {

    boolean isDelta() {
        return type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
    }
}
