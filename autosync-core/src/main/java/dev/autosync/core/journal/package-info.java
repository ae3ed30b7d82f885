/** Floor 3: the transaction. Start at {@code Journal}. */
@NullMarked
package dev.autosync.core.journal;

import org.jspecify.annotations.NullMarked;
