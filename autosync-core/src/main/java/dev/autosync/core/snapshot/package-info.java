/** Floor 3: the content of the tree. Start at {@link dev.autosync.core.snapshot.TreeScanner}. */
@NullMarked
package dev.autosync.core.snapshot;

import org.jspecify.annotations.NullMarked;
