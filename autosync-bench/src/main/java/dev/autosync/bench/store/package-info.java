/** The stores beside plain SQLite, H2's MVStore and a JSON file that is written anew each time. */
@NullMarked
package dev.autosync.bench.store;

import org.jspecify.annotations.NullMarked;
