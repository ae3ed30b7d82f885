package dev.autosync.core.gate;

import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.DependencyGraph;
import dev.autosync.core.patch.ExactDiff;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.BatchPreview;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchPreview;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a batch would do, as it was planned once. */
record Preview(List<PatchPreview> patches, byte[] diff) implements BatchPreview {

    /** Plans a batch on a tree. */
    static Preview of(List<Patch> patches, BatchPlanner planner, PatchedTree base) {
        BatchPlan plan = planner.plan(patches, base, new BatchPlanner.Known(Set.of(), Set.of(), planner.checksums().twins(patches), Map.of()));
        DependencyGraph graph = DependencyGraph.of(plan.planned());
        PatchedTree after = base.copy();
        Map<String, PatchPreview> byId = new HashMap<>();
        for (PlannedPatch planned : plan.planned()) {
            String id = planned.patch().id();
            after.apply(planned.edits());
            byId.put(id, PatchPreview.of(planned.patch(), planned.note(), planned.edits(), ExactDiff.of(planned), ExactDiff.inverse(planned),
                    graph.footprint(id), graph.dependsOn(id)));
        }
        for (PatchOutcome outcome : plan.outcomes()) {
            byId.put(outcome.patch().id(), PatchPreview.of(outcome));
        }
        return new Preview(patches.stream().map(patch -> Objects.requireNonNull(byId.get(patch.id()), "planned")).toList(),
                ExactDiff.between(after.disk(), after.overlay()));
    }

    @Override
    public byte[] diff() {
        return diff.clone();
    }
}
