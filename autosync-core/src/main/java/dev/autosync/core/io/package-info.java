/** Floor 1: files, written so that an interrupt or a power cut cannot spoil them. Start at {@code Files2}. */
@NullMarked
package dev.autosync.core.io;

import org.jspecify.annotations.NullMarked;
