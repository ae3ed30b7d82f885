/** Floor 2: child processes, run within bounds and ended with all they started. Start at {@code ProcessRunner}. */
@NullMarked
package dev.autosync.core.exec;

import org.jspecify.annotations.NullMarked;
