/** Floor 5: plan, apply, test, keep or undo. Start at {@link dev.autosync.core.gate.Gate}. */
@NullMarked
package dev.autosync.core.gate;

import org.jspecify.annotations.NullMarked;
