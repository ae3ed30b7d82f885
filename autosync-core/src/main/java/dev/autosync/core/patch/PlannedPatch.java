package dev.autosync.core.patch;

import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import java.util.List;

/**
 * A patch that can be applied.
 *
 * @param patch the patch
 * @param edits what it does to the tree in which it was planned
 * @param note what a person should know; perhaps empty
 */
public record PlannedPatch(Patch patch, List<FileEdit> edits, String note) {}
