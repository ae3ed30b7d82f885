/** Floor 7: the cycle. Start at {@link dev.autosync.core.engine.Cycle}. */
@NullMarked
package dev.autosync.core.engine;

import org.jspecify.annotations.NullMarked;
