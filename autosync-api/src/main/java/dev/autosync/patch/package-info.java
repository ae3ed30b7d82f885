/** Called by embedding code: changes to a workspace and what became of them. Start at {@link dev.autosync.patch.PatchRunner}. */
@NullMarked
package dev.autosync.patch;

import org.jspecify.annotations.NullMarked;
