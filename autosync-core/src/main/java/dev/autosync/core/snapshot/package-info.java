/** Floor 3: the content of the tree. Start at {@code Snapshot}. */
@NullMarked
package dev.autosync.core.snapshot;

import org.jspecify.annotations.NullMarked;
