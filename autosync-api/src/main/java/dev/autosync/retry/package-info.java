/**
 * Called by embedding code and by plugins: doing again what failed, without losing an interrupt, an error or the time. Start at
 * {@link dev.autosync.retry.Retry}.
 */
@NullMarked
package dev.autosync.retry;

import org.jspecify.annotations.NullMarked;
