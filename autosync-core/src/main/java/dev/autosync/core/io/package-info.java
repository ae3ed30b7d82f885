/** Floor 1: files, written so that an interrupt or a power cut cannot spoil them. Start at {@link dev.autosync.core.io.FilePort}. */
@NullMarked
package dev.autosync.core.io;

import org.jspecify.annotations.NullMarked;
