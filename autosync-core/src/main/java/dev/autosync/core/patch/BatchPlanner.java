package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Plans patches one after the other in memory, each on top of those before it. Nothing is written. */
public final class BatchPlanner {
    private static final int MAX_REASON = 2000;

    private final PatchFormats formats;
    private final PatchLimits limits;

    /** A planner that knows these formats, with the usual limits. */
    public BatchPlanner(PatchFormats formats) {
        this(formats, PatchLimits.ofDefaults());
    }

    /** A planner that knows these formats. */
    public BatchPlanner(PatchFormats formats, PatchLimits limits) {
        this.formats = formats;
        this.limits = limits;
    }

    /**
     * Plans patches.
     *
     * @param patches the patches, each after those that it needs
     * @param base the tree on which the first one is planned; not changed
     * @param inBase the ids of patches that are part of the base
     */
    public BatchPlan plan(List<Patch> patches, PatchedTree base, Set<String> inBase) {
        PatchedTree tree = base.copy();
        List<PlannedPatch> planned = new ArrayList<>();
        List<PatchOutcome> outcomes = new ArrayList<>();
        Set<String> there = new HashSet<>(inBase);
        for (Patch patch : patches) {
            List<String> missing = patch.needs().stream().filter(need -> !there.contains(need)).toList();
            if (!missing.isEmpty()) {
                outcomes.add(PatchOutcome.Dropped.of(patch, "needs " + String.join(", ", missing) + ", which did not land", missing));
                continue;
            }
            PatchPlan plan = plan(patch, tree);
            switch (plan.verdict()) {
                case EDITS -> {
                    tree.apply(plan.edits());
                    planned.add(new PlannedPatch(patch, plan.edits(), shown(plan)));
                    there.add(patch.id());
                }
                case ALREADY_APPLIED -> {
                    outcomes.add(PatchOutcome.AlreadyApplied.of(patch, shown(plan)));
                    there.add(patch.id());
                }
                case AMBIGUOUS -> outcomes.add(PatchOutcome.Ambiguous.of(patch, shown(plan), plan.places()));
                case CONFLICT -> outcomes.add(PatchOutcome.Conflicted.of(patch, shown(plan)));
                case REFUSED -> outcomes.add(PatchOutcome.Refused.of(patch, shown(plan), plan.code().orElseThrow()));
            }
        }
        return new BatchPlan(planned, outcomes);
    }

    private PatchPlan plan(Patch patch, PatchedTree tree) {
        Optional<PatchFormat> format = formats.get(patch.format());
        if (format.isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "there is no format '" + patch.format() + "'; known are "
                    + String.join(", ", formats.names()));
        }
        if (patch.size() > limits.maxPatchBytes()) {
            return PatchPlan.refused(ErrorCode.PATCH_LIMIT, "the patch has " + patch.size() + " bytes, the limit is " + limits.maxPatchBytes());
        }
        Set<String> unknown = new TreeSet<>(patch.options().keySet());
        unknown.removeAll(format.get().options());
        if (!unknown.isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "the format '" + patch.format() + "' has no option "
                    + Untrusted.line(String.join(", ", unknown), 200) + "; it has " + (format.get().options().isEmpty() ? "none"
                    : String.join(", ", new TreeSet<>(format.get().options()))));
        }
        try {
            if (stale(patch, tree)) {
                return PatchPlan.conflict(patch.target().orElse("the file") + " does not hold what the patch was made for");
            }
            PatchPlan plan = format.get().plan(patch, tree, limits);
            if (plan.edits().size() > limits.maxFiles()) {
                return PatchPlan.refused(ErrorCode.PATCH_LIMIT, "the patch changes " + plan.edits().size() + " files, the limit is "
                        + limits.maxFiles());
            }
            // Reading each edited path again runs it through the path rules, whatever the format has or has not read.
            for (FileEdit edit : plan.edits()) {
                if (!tree.read(edit.path()).equals(edit.before())) {
                    throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "the format planned " + edit.path()
                            + " from something else than the tree holds");
                }
            }
            return plan;
        } catch (PathRefusedException e) {
            return PatchPlan.refused(ErrorCode.PATCH_PATH_REFUSED, e.getMessage());
        } catch (AutoSyncException e) {
            if (e.code().type() == ErrorCode.Type.ENVIRONMENT) {
                throw e;
            }
            return PatchPlan.refused(e.code(), e.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return PatchPlan.refused(ErrorCode.PLUGIN_FAILED, "the format '" + patch.format() + "' failed: " + e);
        }
    }

    /** A reason may quote the patch, and plugins may have forgotten that. */
    private static String shown(PatchPlan plan) {
        return Untrusted.block(plan.reason(), MAX_REASON);
    }

    private static boolean stale(Patch patch, PatchedTree tree) {
        if (patch.expectedSha256().isEmpty() || patch.target().isEmpty()) {
            return false;
        }
        Optional<FileContent> content = tree.read(patch.target().get());
        return content.isEmpty() || !content.get().sha256().equals(patch.expectedSha256().get());
    }
}
