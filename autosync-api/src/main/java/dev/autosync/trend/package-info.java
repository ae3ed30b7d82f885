/** Called by embedding code: figures with a target. Start at {@link dev.autosync.trend.Kpi}. */
@NullMarked
package dev.autosync.trend;

import org.jspecify.annotations.NullMarked;
