/** Called by embedding code: what was published, and what became of it. Start at {@link dev.autosync.publish.PublicationResult}. */
@NullMarked
package dev.autosync.publish;

import org.jspecify.annotations.NullMarked;
