package dev.autosync.core.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a unified diff says of one file.
 *
 * @param line where the section starts in the patch, counted from 1
 * @param kind what happens to the file
 * @param oldName the name before, as it stands in the patch; null if there was no file
 * @param newName the name after; null if there is no file any more
 * @param exactNames whether the names carry no prefix, since they stood in rename or copy lines
 * @param prefix whether the line {@code diff --git} tells that the names carry a prefix
 * @param mode the mode after, 0 if the diff does not change it
 * @param oldId the git blob id before, perhaps abbreviated; empty if not stated
 * @param newId the git blob id after
 * @param binary the content after and before, if the diff carries it as bytes; null for text
 * @param hunks in the order of the patch
 */
record FileDiff(int line, Kind kind, @Nullable String oldName, @Nullable String newName, boolean exactNames, Prefix prefix, int mode,
        String oldId, String newId, @Nullable BinaryChange binary, List<Hunk> hunks) {

    enum Kind { CREATE, DELETE, MODIFY, RENAME, COPY }

    enum Prefix { UNKNOWN, NONE, ONE_FOLDER }

    FileDiff {
        hunks = List.copyOf(hunks);
    }

    /** Whether the diff sets the right to be executed: git keeps nothing else of a mode. */
    boolean executable(boolean before) {
        return mode == 0 ? before : (mode & 0100) != 0;
    }
}
