package dev.autosync.core.patch;

import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.Patch;
import java.util.List;
import java.util.Optional;

/**
 * A patch that can be applied.
 *
 * @param patch the patch
 * @param edits what it does to the tree in which it was planned
 * @param note what a person should know; perhaps empty
 * @param footprint what its format says that it reads and changes
 * @param newFolders the folders that come to be with its files, each before those in it
 */
public record PlannedPatch(Patch patch, List<FileEdit> edits, String note, Optional<Footprint> footprint, List<String> newFolders) {}
