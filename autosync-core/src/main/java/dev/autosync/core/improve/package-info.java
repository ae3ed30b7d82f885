/** Floor 6: suggestions, lessons, and whether they have helped. Start at {@link dev.autosync.core.improve.Improvements}. */
@NullMarked
package dev.autosync.core.improve;

import org.jspecify.annotations.NullMarked;
