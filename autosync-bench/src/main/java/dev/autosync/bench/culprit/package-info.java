/** Searches for the bad patches of batches that are made up, ours beside those of others, as their descriptions have them. */
@NullMarked
package dev.autosync.bench.culprit;

import org.jspecify.annotations.NullMarked;
