/**
 * Extended by authors of plugins: what a plugin must do, as tests. Extend the contract of your kind of plugin, for example
 * {@link dev.autosync.testkit.StoreContract}, say how to make one, and run it with JUnit Jupiter. The other classes stand in for the
 * engine in such tests.
 */
@NullMarked
package dev.autosync.testkit;

import org.jspecify.annotations.NullMarked;
