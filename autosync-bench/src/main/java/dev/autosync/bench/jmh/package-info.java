/** Benchmarks of single parts, run by JMH in virtual machines of their own. */
@NullMarked
package dev.autosync.bench.jmh;

import org.jspecify.annotations.NullMarked;
