package dev.autosync.core.gate;

import dev.autosync.patch.PatchLimits;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is worked in.
 *
 * @param exclude globs of what snapshots leave out
 * @param gitignore whether they leave out what {@code .gitignore} files name too
 * @param limits how much of earlier snapshots is kept
 * @param patchLimits how much patches may ask for
 * @param isolation where patches are tested
 * @param testChanges what becomes of what changes while the tests run
 * @param testPolicy what is made of red runs
 * @param takeOverAfter how long an owner may say nothing before a waiter takes the workspace away from it; null for ever
 * @param networkFileSystem whether the locks of a network file system are relied upon
 */
public record WorkspaceOptions(List<String> exclude, boolean gitignore, SnapshotLimits limits, PatchLimits patchLimits, Isolation isolation,
        TestChanges testChanges, TestPolicy testPolicy,
        @Nullable Duration takeOverAfter, boolean networkFileSystem) {

    /** Copies the list. */
    public WorkspaceOptions {
        exclude = List.copyOf(exclude);
    }
}
