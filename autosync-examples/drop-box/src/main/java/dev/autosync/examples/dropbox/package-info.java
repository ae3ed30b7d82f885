/**
 * A connector to read before writing one's own: patches from a folder, reports into another. Start at
 * {@link dev.autosync.examples.dropbox.DropBoxConnectorFactory}; {@code docs/connectors.md} walks through it.
 */
@NullMarked
package dev.autosync.examples.dropbox;

import org.jspecify.annotations.NullMarked;
