package dev.autosync.core.patch;

import dev.autosync.patch.PatchOutcome;
import java.util.List;

/**
 * What a batch would do.
 *
 * @param planned the patches that can be applied one after the other, in the order of the batch
 * @param outcomes what became of the others
 */
public record BatchPlan(List<PlannedPatch> planned, List<PatchOutcome> outcomes) {}
