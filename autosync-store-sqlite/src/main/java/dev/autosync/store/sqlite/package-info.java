/**
 * A store that keeps events in one SQLite database. Called by embedding code through
 * {@link dev.autosync.store.sqlite.SqliteStoreFactory}; what lies on disk is described there. To read the code start at
 * {@code SqliteStore}, then {@code Schema}, {@code Door} and {@code Tables}.
 */
@NullMarked
package dev.autosync.store.sqlite;

import org.jspecify.annotations.NullMarked;
