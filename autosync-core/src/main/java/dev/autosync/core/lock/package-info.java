/** Floor 2: who holds the workspace. Start at {@code WorkspaceLock}. */
@NullMarked
package dev.autosync.core.lock;

import org.jspecify.annotations.NullMarked;
