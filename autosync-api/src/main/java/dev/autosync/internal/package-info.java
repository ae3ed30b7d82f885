/** How the API finds the engine. Exported to nobody. */
@NullMarked
package dev.autosync.internal;

import org.jspecify.annotations.NullMarked;
