/** Unified diffs: AutoSync beside the tools and libraries that apply them today. Start at {@link dev.autosync.bench.diff.DiffBench}. */
@NullMarked
package dev.autosync.bench.diff;

import org.jspecify.annotations.NullMarked;
