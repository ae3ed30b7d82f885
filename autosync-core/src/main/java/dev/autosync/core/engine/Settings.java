package dev.autosync.core.engine;

import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.Reporter;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestSuite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was configured to do.
 *
 * @param fromFiles whether the inputs of the modules are read in each cycle
 * @param modules the folders whose {@code autosync} folder is read, relative to the workspace
 * @param tests the tests
 * @param exclude globs of what snapshots leave out
 * @param gitignore whether they leave out what {@code .gitignore} files name too
 * @param limits how much of earlier snapshots is kept
 * @param isolation where patches are tested
 * @param testChanges what becomes of what changes while the tests run
 * @param lockWait how long to wait for a busy workspace
 * @param takeOverAfter how long its owner may say nothing before it is taken away; null for ever
 * @param reporters the reporters by name, in their order
 * @param stableAfter how many green cycles in a row make the state stable
 */
record Settings(boolean fromFiles, List<String> modules, TestSuite tests, List<String> exclude, boolean gitignore, SnapshotLimits limits,
        Isolation isolation, TestChanges testChanges, Duration lockWait, @Nullable Duration takeOverAfter, Map<String, Reporter> reporters,
        int stableAfter) {}
