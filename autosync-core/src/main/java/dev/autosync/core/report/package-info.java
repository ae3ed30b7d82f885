/** Floor 6: the built-in reporters. Start at {@link dev.autosync.core.report.MarkdownReporter}. */
@NullMarked
package dev.autosync.core.report;

import org.jspecify.annotations.NullMarked;
