/** Floor 4: suites that turn a tree into results. Start at {@code CommandSuite}. */
@NullMarked
package dev.autosync.core.testing;

import org.jspecify.annotations.NullMarked;
