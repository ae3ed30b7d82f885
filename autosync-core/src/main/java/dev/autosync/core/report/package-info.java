/** Floor 6: the built-in reporters. Start at {@code MarkdownReporter}. */
@NullMarked
package dev.autosync.core.report;

import org.jspecify.annotations.NullMarked;
