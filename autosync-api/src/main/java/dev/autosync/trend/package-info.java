/** Called by embedding code: figures with a target, and how they and others move. Start at {@link dev.autosync.trend.TrendAnalyzer}. */
@NullMarked
package dev.autosync.trend;

import org.jspecify.annotations.NullMarked;
