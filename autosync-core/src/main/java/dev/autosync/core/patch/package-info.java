/** Floor 4: formats that turn text into edits. Start at {@code BatchPlanner}. */
@NullMarked
package dev.autosync.core.patch;

import org.jspecify.annotations.NullMarked;
