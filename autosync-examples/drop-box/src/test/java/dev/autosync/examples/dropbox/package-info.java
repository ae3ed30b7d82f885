/** Tests of the drop-box; the first is the contract that every connector passes. */
@NullMarked
package dev.autosync.examples.dropbox;

import org.jspecify.annotations.NullMarked;
