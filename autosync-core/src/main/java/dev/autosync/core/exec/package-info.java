/** Floor 2: child processes. Start at {@code ProcessRunner}. */
@NullMarked
package dev.autosync.core.exec;

import org.jspecify.annotations.NullMarked;
