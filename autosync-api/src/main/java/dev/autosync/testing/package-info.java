/** Called by embedding code: suites of tests and their verdicts. Start at {@link dev.autosync.testing.TestSuite}. */
@NullMarked
package dev.autosync.testing;

import org.jspecify.annotations.NullMarked;
