/** Called by embedding code: the history without an engine. Start at {@link dev.autosync.history.Stores}. */
@NullMarked
package dev.autosync.history;

import org.jspecify.annotations.NullMarked;
