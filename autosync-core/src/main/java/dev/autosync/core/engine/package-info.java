/** Floor 7: the cycle. Start at {@code Cycle}. */
@NullMarked
package dev.autosync.core.engine;

import org.jspecify.annotations.NullMarked;
