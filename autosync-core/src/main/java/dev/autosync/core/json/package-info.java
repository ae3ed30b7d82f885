/** Floor 1: JSON text as a tree that knows where each value stands. Start at {@code JsonNode}. */
@NullMarked
package dev.autosync.core.json;

import org.jspecify.annotations.NullMarked;
