/** Called by embedding code: what a workspace held earlier, and going back to it. Start at {@link dev.autosync.snapshot.Snapshots}. */
@NullMarked
package dev.autosync.snapshot;

import org.jspecify.annotations.NullMarked;
