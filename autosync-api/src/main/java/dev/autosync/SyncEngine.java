package dev.autosync;

import dev.autosync.history.History;
import dev.autosync.history.StoreMove;
import dev.autosync.improve.ImpactWeights;
import dev.autosync.internal.Core;
import dev.autosync.lock.LockException;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestSuite;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendAnalyzer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Changes a workspace safely, one cycle at a time, and remembers every step.
 *
 * {@snippet class=dev.autosync.examples.EmbeddingExample region=ten-lines}
 *
 * <p>Threads: safe to share; one cycle at a time gets the workspace. It starts no thread that outlives a call, and writes only
 * below the workspace. Whoever opens it closes it.
 *
 * @since 0.1.0
 */
public interface SyncEngine extends AutoCloseable {

    /**
     * Opens the engine as {@code autosync/core_config.json} says. If a process died in the middle of a cycle here, the workspace is
     * put right first.
     *
     * @param workspace a folder
     * @return the engine; to be closed
     * @throws AutoSyncException with code and place, if the configuration is not as it should be; nothing was changed
     */
    static SyncEngine open(Path workspace) {
        return builder(workspace).readConfiguration().build();
    }

    /**
     * Configures an engine in code.
     *
     * @param workspace a folder
     * @return a builder
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_NOT_FOUND} if it is no folder, {@link ErrorCode#CORE_MISSING} if
     *     {@code autosync-core} is missing
     */
    static Builder builder(Path workspace) {
        return Core.provider().engine(workspace);
    }

    /**
     * Runs one cycle: takes the workspace, reads the inputs, tests, keeps what is good, takes out what is bad, records, reports.
     *
     * @return what happened
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy: nothing was changed; {@link ErrorCode#WORKSPACE_LOST} if
     *     somebody took it away meanwhile: nothing more was written, and the next cycle undoes what was left
     * @throws AutoSyncException with its code, if a phase failed; the batch was undone, unless it was final and the store failed
     *     ({@link ErrorCode#STORE_FAILED}): then it stays, and the next cycle records it
     * @throws InterruptedException if the thread was interrupted; the batch was undone
     */
    SyncReport sync() throws InterruptedException;

    /**
     * The snapshots that the engine keeps, and going back to one of them. Each cycle keeps what the workspace held at its beginning.
     *
     * <p>A restore waits as long for a busy workspace as a cycle does ({@link Builder#lockWait}). Only while no cycle runs on the same thread.
     *
     * @return the snapshots; usable until the engine is closed
     */
    Snapshots snapshots();

    /**
     * What the store of the engine tells of tests, patches and figures. May be read while a cycle runs.
     *
     * @return the history; usable until the engine is closed
     */
    History history();

    /**
     * Moves the history to another kind of store, as the suggestion {@code json-store-has-grown} advises, and goes on with that one. Takes the
     * workspace as a cycle does, copies all events and compares them ({@link dev.autosync.history.Stores#copy}). The old store stays on the disk
     * as it was.
     *
     * <p>Where {@code autosync/core_config.json} names the old store it is changed: the name, and the settings of the old store go; all else keeps
     * its bytes. From then on naming the old store in code does not bring the history back, which would otherwise move to whichever store is
     * named: an engine stays with the new one, with a warning in its first report, until the new one is named or this method is called again.
     *
     * <p>Killed at any point, the history is in the old store or in the new one, entirely; call again to finish. Cost: in proportion to the history,
     * twice read and once written.
     *
     * @param name the name of a store's plugin; that of the store in use only brings the configuration up to date
     * @return what was done, and what is left to do
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_UNKNOWN} if there is no such plugin; {@link ErrorCode#ENGINE_MISUSED} if the store is the
     *     caller's own, the engine is closed, or this thread is in the middle of a cycle; {@link ErrorCode#WORKSPACE_IO} if it cannot be written down
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy
     * @throws StoreException if the other store holds another history, or events of this one that retention has removed since, or one of the two fails;
     *     the history stays where it was
     * @throws InterruptedException if the thread was interrupted; the history stays where it was
     */
    StoreMove moveStore(String name) throws InterruptedException;

    /** Closes the store and the connectors that it opened. Does nothing the second time. */
    @Override
    void close();

    /**
     * Configures an engine. What is set here goes before what the files say. Not safe to share between threads.
     */
    interface Builder {

        /**
         * Reads {@code autosync/core_config.json} when the engine is built, and in every cycle the inputs of all its modules.
         *
         * @return this
         */
        Builder readConfiguration();

        /**
         * Chooses a store by the name of its plugin. Default: {@code json}.
         *
         * @param name a plugin's name
         * @return this
         */
        Builder store(String name);

        /**
         * Uses a store of the caller's. The engine does not close it.
         *
         * @param store the store
         * @return this
         */
        Builder store(Store store);

        /**
         * Says whether a copy of the history is kept in {@code .autosync/store/mirror} as the store {@code json} keeps it, for people and other
         * tools: brought up to date at the end of each cycle ({@link dev.autosync.history.Stores#mirror}). Not where the history is in the store
         * {@code json} itself. What hinders it is a warning of the report. Default: no.
         *
         * @param keep whether to keep one
         * @return this
         */
        Builder mirror(boolean keep);

        /**
         * Lets old events go, once a day at most, at the end of a cycle; rollups of them stay. Events of the last 200 cycles, which
         * analyses look at, always stay, and so do those that a mirror should have and has not. What hinders it is a warning of the report.
         * Default: everything stays.
         *
         * @param days how old they are, in days, 1 to 36,500
         * @param kinds of which kinds: {@code test-run}, {@code phase}, {@code kpi}, {@code pull}, {@code recovery}; none for the first three
         * @return this
         * @throws IllegalArgumentException if the days are out of range, or the engine needs events of a kind however old they are
         */
        Builder retention(int days, String... kinds);

        /**
         * Sets the tests. There is no engine without.
         *
         * @param suite the tests
         * @return this
         */
        Builder tests(TestSuite suite);

        /**
         * Adds patches to those of the files. They are taken on in each cycle; those that landed earlier are known.
         *
         * @param batch the patches
         * @return this
         */
        Builder patches(PatchBatch batch);

        /**
         * Adds a figure to those of the files.
         *
         * @param kpi the figure
         * @return this
         */
        Builder kpi(Kpi kpi);

        /**
         * Adds a reporter by the name of its plugin. Built in: {@code console}, {@code markdown}, {@code json},
         * {@code html}. The first
         * reporter set in code replaces those of the files.
         *
         * @param name a plugin's name
         * @return this
         */
        Builder reporter(String name);

        /**
         * Adds a reporter of the caller's. The first reporter set in code replaces those of the files.
         *
         * @param reporter the reporter
         * @return this
         */
        Builder reporter(Reporter reporter);

        /**
         * Adds a format of patches beside the built-in ones and those that plugins bring.
         *
         * @param format the format; its name must be free
         * @return this
         */
        Builder patchFormat(PatchFormat format);

        /**
         * Adds a connector of the caller's. The engine does not close it.
         *
         * @param name its name: lower-case letters, digits and hyphens, unique among the connectors
         * @param connector the connector
         * @return this
         * @throws IllegalArgumentException if the name is not as described, or taken
         */
        Builder connector(String name, Connector connector);

        /**
         * Adds a rule for improvements beside the built-in ones and those that plugins bring.
         *
         * @param rule the rule; its name must be free
         * @return this
         */
        Builder improvementRule(ImprovementRule rule);

        /**
         * Sets how much impact, effort, risk and confidence of a suggestion count.
         *
         * @param weights the weights
         * @return this
         */
        Builder impactWeights(ImpactWeights weights);

        /**
         * Says that suggestions were acted on, so that the engine watches whether they help.
         *
         * @param keys their keys
         * @return this
         */
        Builder adopted(String... keys);

        /**
         * Says that suggestions are not wanted.
         *
         * @param keys their keys
         * @return this
         */
        Builder dismissed(String... keys);

        /**
         * Sets how the history is analysed. Default: {@link TrendAnalyzer#standard()}, with the alerts of the dashboard's configuration.
         *
         * @param analyzer the analyzer
         * @return this
         */
        Builder trends(TrendAnalyzer analyzer);

        /**
         * Sets how many green cycles in a row make the state stable, if there is no open alert. Only then is published what asks for it.
         * Default: 3.
         *
         * @param greenCycles 1 to 200
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        Builder stableAfter(int greenCycles);

        /**
         * Adds files that snapshots leave out.
         *
         * @param globs as {@link java.nio.file.FileSystem#getPathMatcher}, over paths relative to the workspace
         * @return this
         */
        Builder exclude(String... globs);

        /**
         * Sets how much patches may ask for. Default: {@link PatchLimits#ofDefaults()}.
         *
         * @param limits the limits
         * @return this
         */
        Builder patchLimits(PatchLimits limits);

        /**
         * Sets how much of earlier snapshots is kept. Default: {@link SnapshotLimits#ofDefaults()}.
         *
         * @param limits the limits
         * @return this
         */
        Builder snapshotLimits(SnapshotLimits limits);

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
         * Sets how long a cycle waits for a busy workspace. Zero, the default, does not wait.
         *
         * @param wait zero or more
         * @return this
         */
        Builder lockWait(Duration wait);

        /**
         * Lets a cycle that waits take the workspace away from an owner who says nothing any more, for example because its process was stopped.
         * By default it never does. The owner says something at the beginning of each phase and of each run of the tests; so the time must be
         * longer than the longest run of the tests, pull or publication, and {@link #lockWait} longer than it. What the old owner does when it goes on after all
         * is described at {@link dev.autosync.lock.WorkspaceLock#force()}.
         *
         * @param silence how long the owner may say nothing, more than zero; counted by whoever waits
         * @return this
         */
        Builder takeOverAfter(Duration silence);

        /**
         * Says whether the locks of a network file system are relied upon. By default they are not, and a workspace on one is refused
         * ({@link ErrorCode#FILE_SYSTEM}): there two machines may both be told that they hold it.
         *
         * @param relied whether to work there all the same
         * @return this
         */
        Builder networkFileSystem(boolean relied);

        /**
         * Sets how often a call of a connector is made again that has failed for the moment ({@link AutoSyncException#retryable()}) and has changed
         * nothing, or whose reply was lost. Which failures those are the engine decides; ten such retries of one connector in one
         * cycle, without a success in between, are the most. Default: 3 attempts, fully jittered from 200 ms to 5 s, within 30 s.
         *
         * @param policy attempts, delays and deadline
         * @return this
         */
        Builder retry(RetryPolicy policy);

        /**
         * Sets who hears of progress.
         *
         * @param listener the listener
         * @return this
         */
        Builder listener(ProgressListener listener);

        /**
         * Sets the clock of records and reports. Default: the system's.
         *
         * @param clock the clock
         * @return this
         */
        Builder clock(Clock clock);

        /**
         * Says whether plugins are looked for beyond those set here and the built-in ones. Default: yes.
         *
         * @param discover false for none
         * @return this
         */
        Builder discoverPlugins(boolean discover);

        /**
         * Says where plugins are looked for. Default: the class loader of this API, then the thread's context loader.
         *
         * @param loader the only loader to ask
         * @return this
         */
        Builder discoverPlugins(ClassLoader loader);

        /**
         * Builds the engine and opens its store.
         *
         * @return the engine; to be closed
         * @throws AutoSyncException with code and place, if the configuration is not as it should be; nothing was changed
         */
        SyncEngine build();
    }
}
