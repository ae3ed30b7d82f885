/** Implemented by plugins: stores, connectors, reporters, secrets providers, improvement rules, patch formats and test suites. Start at the factory of the kind you write, for example {@link dev.autosync.spi.StoreFactory}. */
@NullMarked
package dev.autosync.spi;

import org.jspecify.annotations.NullMarked;
