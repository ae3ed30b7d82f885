/** What running tests by AutoSync costs, beside running them by hand. */
@NullMarked
package dev.autosync.bench.suite;

import org.jspecify.annotations.NullMarked;
