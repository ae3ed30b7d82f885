/** Floor 1: reads what a repository of git keeps, and nothing else of git. Start at {@code GitObjects}. */
@NullMarked
package dev.autosync.core.git;

import org.jspecify.annotations.NullMarked;
