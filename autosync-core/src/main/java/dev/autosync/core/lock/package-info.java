/** Floor 2: who holds the workspace. Start at {@link dev.autosync.core.lock.FileWorkspaceLock}. */
@NullMarked
package dev.autosync.core.lock;

import org.jspecify.annotations.NullMarked;
