/** Floor 1: JSON text as a tree that knows where each value stands. Start at {@link dev.autosync.core.json.JsonText}. */
@NullMarked
package dev.autosync.core.json;

import org.jspecify.annotations.NullMarked;
