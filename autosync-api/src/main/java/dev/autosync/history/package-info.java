/**
 * Called by embedding code: the history, with an engine or without. Start at {@link dev.autosync.history.Stores} and
 * {@link dev.autosync.history.History}.
 */
@NullMarked
package dev.autosync.history;

import org.jspecify.annotations.NullMarked;
