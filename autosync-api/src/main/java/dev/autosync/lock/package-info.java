/** Called by embedding code: who holds a workspace. Start at {@link dev.autosync.lock.LockException}. */
@NullMarked
package dev.autosync.lock;

import org.jspecify.annotations.NullMarked;
