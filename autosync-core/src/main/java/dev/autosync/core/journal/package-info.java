/** Floor 3: the transaction. Start at {@link dev.autosync.core.journal.Journal}. */
@NullMarked
package dev.autosync.core.journal;

import org.jspecify.annotations.NullMarked;
