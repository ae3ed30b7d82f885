/** Floor 1: lines, names and untrusted text. Start at {@code Untrusted}. */
@NullMarked
package dev.autosync.core.text;

import org.jspecify.annotations.NullMarked;
