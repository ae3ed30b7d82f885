package dev.autosync.core.testing;

import dev.autosync.testing.TestRun;

/**
 * What the tests say of the tree before the batch.
 *
 * @param run the run
 * @param remembered whether it is an earlier run of the same content
 */
public record Baseline(TestRun run, boolean remembered) {}
