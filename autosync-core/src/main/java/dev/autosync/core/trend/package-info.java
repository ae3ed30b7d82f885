/**
 * Floor 6: what the history shows. {@link dev.autosync.core.trend.HistoryWindow} keeps the events of the latest cycles; start at
 * {@code HistoryAnalyzer}, which reads like the way from them to a report.
 */
@NullMarked
package dev.autosync.core.trend;

import org.jspecify.annotations.NullMarked;
