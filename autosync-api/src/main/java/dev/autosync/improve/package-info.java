/** Called by embedding code: suggestions, lessons, and whether they have helped. Start at {@link dev.autosync.improve.Lesson}. */
@NullMarked
package dev.autosync.improve;

import org.jspecify.annotations.NullMarked;
