/** Runs programs and leaves nothing of them behind. */
@NullMarked
package dev.autosync.exec;

import org.jspecify.annotations.NullMarked;
