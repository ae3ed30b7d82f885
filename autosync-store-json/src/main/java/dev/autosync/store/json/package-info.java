/**
 * A store that keeps events as lines of JSON in segment files. Called by embedding code through
 * {@link dev.autosync.store.json.JsonStoreFactory}; the format of the files is described there. To read the code start at
 * {@code JsonStore}; then {@code Frame} and {@code Ledger} for what is written, {@code Answers} for what is read, {@code Compactor} for what is
 * removed.
 */
@NullMarked
package dev.autosync.store.json;

import org.jspecify.annotations.NullMarked;
