/**
 * Crashes, real and injected, and what they leave of a workspace; each beside a negative control that must fail. Start at
 * {@link dev.autosync.bench.crash.CrashBench}; what the figures mean and how to repeat them is in {@code docs/crash-safety.md}.
 */
@NullMarked
package dev.autosync.bench.crash;

import org.jspecify.annotations.NullMarked;
