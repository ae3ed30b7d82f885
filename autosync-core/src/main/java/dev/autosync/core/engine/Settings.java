package dev.autosync.core.engine;

import dev.autosync.core.gate.WorkspaceOptions;
import dev.autosync.spi.Reporter;
import dev.autosync.testing.TestSuite;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an engine was configured to do.
 *
 * @param fromFiles whether the inputs of the modules are read in each cycle
 * @param modules the folders whose {@code autosync} folder is read, relative to the workspace
 * @param tests the tests
 * @param workspace how the workspace is worked in
 * @param lockWait how long to wait for a busy workspace
 * @param reporters the reporters by name, in their order
 * @param stableAfter how many green cycles in a row make the state stable
 */
record Settings(boolean fromFiles, List<String> modules, TestSuite tests, WorkspaceOptions workspace, Duration lockWait,
        Map<String, Reporter> reporters, int stableAfter) {}
