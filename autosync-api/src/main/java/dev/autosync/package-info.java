/** Called by embedding code: the engine, its report and its errors. Start at {@link dev.autosync.SyncEngine}. */
@NullMarked
package dev.autosync;

import org.jspecify.annotations.NullMarked;
