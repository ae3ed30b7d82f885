/**
 * What the record tells of patches and tests: how often runs are red by chance ({@link dev.autosync.core.experience.FalseReds}), how likely a patch is bad
 * ({@link dev.autosync.core.experience.PatchRisks}), and how likely it has a bug that shows now and then
 * ({@link dev.autosync.core.experience.IntermittentBugs}). All are fed with events, in their order, and keep a bounded amount.
 */
@NullMarked
package dev.autosync.core.experience;

import org.jspecify.annotations.NullMarked;
