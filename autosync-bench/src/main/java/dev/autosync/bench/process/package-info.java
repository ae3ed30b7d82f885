/** What is left of a program when its time is up, and what its output costs. */
@NullMarked
package dev.autosync.bench.process;

import org.jspecify.annotations.NullMarked;
