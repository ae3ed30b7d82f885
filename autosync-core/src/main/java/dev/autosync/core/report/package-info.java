/**
 * Floor 6: the built-in reporters. Start at {@link dev.autosync.core.report.HtmlReporter}; all its text passes
 * {@link dev.autosync.core.report.Html}.
 */
@NullMarked
package dev.autosync.core.report;

import org.jspecify.annotations.NullMarked;
