package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The files that patches touch, also those that did not land: each of these is planned once more, alone on the tree as it is now. That costs what planning it
 * has cost, and no run.
 */
final class TouchedFiles {
    /** So many paths are named of a patch, and so many patches of a batch are planned once more. */
    private static final int MOST_PATHS = 100;
    private static final int MOST_PLANS = 1_000;

    private static final Set<PatchOutcome.Kind> TAKEN_OUT = Set.of(PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED, PatchOutcome.Kind.UNDECIDED);

    private final Workspace workspace;
    private final FilePort files;
    private final PatchLimits limits;
    private final BatchPlanner planner;

    TouchedFiles(Workspace workspace, FilePort files, PatchFormats formats, PatchLimits limits) {
        this.workspace = workspace;
        this.files = files;
        this.limits = limits;
        this.planner = new BatchPlanner(formats, limits);
    }

    /** Tells of an outcome of one batch the paths, at most {@value #MOST_PATHS}; none where nobody knows them. */
    Function<PatchOutcome, List<String>> now() {
        int[] plans = {0};
        return outcome -> {
            if (outcome instanceof PatchOutcome.Applied applied) {
                return applied.paths().stream().limit(MOST_PATHS).toList();
            }
            return TAKEN_OUT.contains(outcome.kind()) && plans[0]++ < MOST_PLANS ? planned(outcome.patch()) : List.of();
        };
    }

    private List<String> planned(Patch patch) {
        try {
            // A tree for each: what one has read is not kept for the next.
            List<PlannedPatch> plan = planner.plan(List.of(patch), new PatchedTree(workspace, files, limits), Set.copyOf(patch.needs())).planned();
            return plan.stream().flatMap(planned -> planned.edits().stream()).map(FileEdit::path).distinct().limit(MOST_PATHS).toList();
        } catch (AutoSyncException e) {
            // It is only a note; what there is to say of the workspace was said when the batch was planned.
            return List.of();
        }
    }
}
