/** Floor 4: formats that turn text into edits. Start at {@link dev.autosync.core.patch.BatchPlanner}. */
@NullMarked
package dev.autosync.core.patch;

import org.jspecify.annotations.NullMarked;
