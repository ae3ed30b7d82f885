/** Floor 6: what comes from connectors and goes to them. Start at {@link dev.autosync.core.connectors.Pulling} and {@link dev.autosync.core.connectors.Publishing}. */
@NullMarked
package dev.autosync.core.connectors;

import org.jspecify.annotations.NullMarked;
