package dev.autosync.spi;

import dev.autosync.SyncEngine;
import dev.autosync.exec.ProcessRunner;
import dev.autosync.history.History;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchRunner;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.testing.CheckTests;
import dev.autosync.testing.CombinedTests;
import dev.autosync.testing.CommandTests;
import dev.autosync.testing.JUnitTests;
import dev.autosync.trend.TrendAnalyzer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Implemented by {@code autosync-core} alone; the static factories of the API find it. Neither for callers nor for plugins.
 *
 * @since 0.1.0
 */
public interface CoreProvider {

    /**
     * Behind {@link SyncEngine#builder}.
     *
     * @param workspace a folder
     * @return a builder
     */
    SyncEngine.Builder engine(Path workspace);

    /**
     * Behind {@link PatchRunner#builder}.
     *
     * @param workspace a folder
     * @return a builder
     */
    PatchRunner.Builder patchRunner(Path workspace);

    /**
     * Behind {@link WorkspaceLock#of}.
     *
     * @param workspace a folder
     * @return its lock
     */
    WorkspaceLock workspaceLock(Path workspace);

    /**
     * Behind {@link Snapshots#of}.
     *
     * @param workspace a folder
     * @return its snapshots
     */
    Snapshots snapshots(Path workspace);

    /**
     * Behind {@link dev.autosync.testing.TestSuite#command}.
     *
     * @param command the program and its arguments
     * @return the suite
     */
    CommandTests commandTests(List<String> command);

    /**
     * Behind {@link dev.autosync.testing.TestSuite#junitPlatform}.
     *
     * @return the suite
     */
    JUnitTests junitTests();

    /**
     * Behind {@link dev.autosync.testing.TestSuite#checks}.
     *
     * @param name the suite's name
     * @return the suite
     */
    CheckTests checkTests(String name);

    /**
     * Behind {@link dev.autosync.testing.TestSuite#all}.
     *
     * @return the suite
     */
    CombinedTests combinedTests();

    /**
     * Behind {@link dev.autosync.history.Stores#open}.
     *
     * @param workspace a folder
     * @param name a plugin's name
     * @return an open store
     */
    Store openStore(Path workspace, String name);

    /**
     * Behind {@link History#of}.
     *
     * @param store an open store
     * @return its history
     */
    History history(Store store);

    /**
     * Behind {@link dev.autosync.patch.PatchBatch#read}.
     *
     * @param path a folder or a file
     * @return the patches, in the order of the files' names
     */
    List<Patch> readPatches(Path path);

    /**
     * Behind {@link TrendAnalyzer#builder}.
     *
     * @return a builder
     */
    TrendAnalyzer.Builder trendAnalyzer();

    /**
     * Behind {@link ProcessRunner#create}.
     *
     * @param environment variables by name
     * @return a runner
     */
    ProcessRunner processRunner(Map<String, String> environment);
}
