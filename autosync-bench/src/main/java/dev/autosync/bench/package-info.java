/**
 * The figures of AutoSync's promises, beside its peers. Start at {@link dev.autosync.bench.Main}; what each figure means is in
 * {@code docs/bench.md}.
 */
@NullMarked
package dev.autosync.bench;

import org.jspecify.annotations.NullMarked;
