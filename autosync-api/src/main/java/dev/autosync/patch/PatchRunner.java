package dev.autosync.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.ProgressListener;
import dev.autosync.internal.Core;
import dev.autosync.lock.LockException;
import dev.autosync.spi.PatchFormat;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Takes on a batch of patches: applies them, runs the tests, keeps what is good, takes out what is bad, restores the rest.
 *
 * <p>The gate of the engine, usable alone: no configuration, no store, no reports. It writes the files of the patches, and its
 * journal below {@code .autosync}. Threads: safe to share; one batch at a time gets the workspace.
 *
 * @since 0.1.0
 */
public interface PatchRunner {

    /**
     * Decides a batch. Afterwards the workspace holds exactly the patches whose outcome is {@link PatchOutcome.Applied}, and the last
     * green run had this content.
     *
     * <p>Cost: one run of the tests for the baseline and one if the batch is green; with bad patches about log2(n) more for the first,
     * fewer for each further one whose failing tests differ, and one for what is left.
     *
     * @param batch the patches
     * @return what became of each
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy, {@link ErrorCode#WORKSPACE_LOST} if somebody took it away
     *     meanwhile: nothing more was written, and the next run undoes what was left
     * @throws AutoSyncException {@link ErrorCode#PATCH_LIMIT} if the batch is too large,
     *     {@link ErrorCode#WORKSPACE_IO} if a file could not be read or written, {@link ErrorCode#WORKSPACE_CHANGED} if
     *     somebody changed a file under our hands; the batch was undone
     * @throws InterruptedException if the thread was interrupted; the batch was undone
     */
    BatchReport run(PatchBatch batch) throws InterruptedException;

    /**
     * Says what a batch would do to the workspace as it stands: plans it in memory, runs no tests, writes nothing and takes no lock. While
     * somebody else works in the workspace it may see their batch half done.
     *
     * @param batch the patches
     * @return what planning tells of each
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_IO} if a file could not be read, {@link ErrorCode#PATCH_LIMIT} if the batch is too large
     */
    BatchPreview preview(PatchBatch batch);

    /**
     * A runner for a workspace.
     *
     * @param workspace a folder
     * @return a builder
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_NOT_FOUND} if it is no folder, {@link ErrorCode#CORE_MISSING} if
     *     {@code autosync-core} is missing
     */
    static Builder builder(Path workspace) {
        return Core.provider().patchRunner(workspace);
    }

    /** Builds a runner. Not safe to share between threads. */
    interface Builder {

        /**
         * Sets the tests. There is no runner without.
         *
         * @param suite the tests
         * @return this
         */
        Builder tests(TestSuite suite);

        /**
         * Adds a format beside the built-in ones and those that plugins bring.
         *
         * @param format the format; its name must be free
         * @return this
         */
        Builder patchFormat(PatchFormat format);

        /**
         * Sets how much patches may ask for.
         *
         * @param limits the limits; {@link PatchLimits#ofDefaults()} by default
         * @return this
         */
        Builder patchLimits(PatchLimits limits);

        /**
         * Adds files that are not looked at when changes by others are searched for.
         *
         * @param globs as {@link java.nio.file.FileSystem#getPathMatcher}, over paths relative to the workspace
         * @return this
         */
        Builder exclude(String... globs);

        /**
         * Sets where patches are tested: in the workspace itself, the default, or in copies of it.
         *
         * @param isolation the isolation
         * @return this
         */
        Builder isolation(Isolation isolation);

        /**
         * Sets what becomes of files that change in the workspace while tests run in it. Default: {@link TestChanges#report()}.
         *
         * @param policy the policy
         * @return this
         */
        Builder testChanges(TestChanges policy);

        /**
         * Sets what is made of red runs: before any patch, and those that contradict each other. Default: {@link TestPolicy#ofDefaults()}.
         *
         * @param policy the policy
         * @return this
         */
        Builder testPolicy(TestPolicy policy);

        /**
         * Sets how much of earlier snapshots is kept.
         *
         * @param limits the limits; {@link SnapshotLimits#ofDefaults()} by default
         * @return this
         */
        Builder snapshotLimits(SnapshotLimits limits);

        /**
         * Says whether the locks of a network file system are relied upon. By default they are not, and a workspace on one is refused
         * ({@link dev.autosync.ErrorCode#FILE_SYSTEM}): there two machines may both be told that they hold it.
         *
         * @param relied whether to work there all the same
         * @return this
         */
        Builder networkFileSystem(boolean relied);

        /**
         * Sets how long to wait for a busy workspace. Zero, the default, does not wait.
         *
         * @param wait zero or more
         * @return this
         */
        Builder lockWait(Duration wait);

        /**
         * Sets who hears of progress.
         *
         * @param listener the listener
         * @return this
         */
        Builder listener(ProgressListener listener);

        /**
         * Builds the runner.
         *
         * @return the runner
         * @throws AutoSyncException {@link ErrorCode#ENGINE_MISUSED} if no tests were set,
         *     {@link ErrorCode#PLUGIN_DUPLICATE} if a format's name is taken
         */
        PatchRunner build();
    }
}
