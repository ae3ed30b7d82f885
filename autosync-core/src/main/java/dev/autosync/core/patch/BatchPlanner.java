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
import dev.autosync.spi.PatchPlan.Verdict;
import dev.autosync.spi.PathRefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans patches one after the other in memory, each on top of those before it. Nothing is written. */
public final class BatchPlanner {
    private static final int MAX_REASON = 2000;
    private static final int MAX_PLACE = 200;

    private final PatchFormats formats;
    private final PatchChecksums checksums;
    private final PatchLimits limits;
    private final long mostPlanned;

    /** A planner that knows these formats, with the usual limits. */
    public BatchPlanner(PatchFormats formats) {
        this(formats, PatchLimits.ofDefaults());
    }

    /** A planner that knows these formats. */
    public BatchPlanner(PatchFormats formats, PatchLimits limits) {
        this(formats, limits, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * A planner that knows these formats.
     *
     * @param mostPlanned how many bytes the files that a batch changes may have together, counted anew for every patch: so long each state is kept
     */
    BatchPlanner(PatchFormats formats, PatchLimits limits, long mostPlanned) {
        this.formats = formats;
        this.checksums = new PatchChecksums(formats);
        this.limits = limits;
        this.mostPlanned = mostPlanned;
    }

    /**
     * What is known of a batch when some of it is planned.
     *
     * @param inBase the ids of patches that are part of the base
     * @param takenOut the ids of patches that were blamed
     * @param twins for patches that ask for the same as an earlier one, that one's id
     * @param earlier how patches were planned when there were others before them
     */
    public record Known(Set<String> inBase, Set<String> takenOut, Map<String, String> twins, Map<String, PlannedPatch> earlier) {
        /** Nothing but what is in the base. */
        public static Known of(Set<String> inBase) {
            return new Known(inBase, Set.of(), Map.of(), Map.of());
        }
    }

    /** The checksums of patches. */
    public PatchChecksums checksums() {
        return checksums;
    }

    /** How much patches may ask for. */
    public PatchLimits limits() {
        return limits;
    }

    /**
     * Sees that a batch is not too large to be looked at.
     *
     * @throws AutoSyncException {@link ErrorCode#PATCH_LIMIT}
     */
    public static void check(List<Patch> patches, PatchLimits limits) {
        long bytes = patches.stream().mapToLong(Patch::size).sum();
        if (patches.size() > limits.maxPatches() || bytes > limits.maxBatchBytes()) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "Cannot take on a batch of " + patches.size() + " patches with " + bytes
                    + " bytes: the limits are " + limits.maxPatches() + " patches and " + limits.maxBatchBytes()
                    + " bytes. Split it, or set patchLimits");
        }
    }

    /**
     * Plans patches.
     *
     * @param patches the patches, each after those that it needs
     * @param base the tree on which the first one is planned; not changed
     * @param inBase the ids of patches that are part of the base
     */
    public BatchPlan plan(List<Patch> patches, PatchedTree base, Set<String> inBase) {
        return plan(patches, base, Known.of(inBase));
    }

    /**
     * Plans patches.
     *
     * @param patches the patches, each after those that it needs
     * @param base the tree on which the first one is planned; not changed
     * @param known what is known of the batch
     */
    public BatchPlan plan(List<Patch> patches, PatchedTree base, Known known) {
        PatchedTree tree = base.copy();
        List<PlannedPatch> planned = new ArrayList<>();
        List<PatchOutcome> outcomes = new ArrayList<>();
        Set<String> there = new HashSet<>(known.inBase());
        long bytes = 0;
        for (Patch patch : patches) {
            Optional<PatchOutcome> early = withoutPlanning(patch, there, known);
            if (early.isPresent()) {
                outcomes.add(early.get());
                if (early.get().kind() == PatchOutcome.Kind.ALREADY_APPLIED) {
                    there.add(patch.id());
                }
                continue;
            }
            PatchPlan plan = rebased(plan(patch, tree), known.earlier().get(patch.id()), tree);
            bytes += plan.edits().stream().mapToLong(edit -> edit.after().map(FileContent::size).orElse(0)).sum();
            if (bytes > mostPlanned) {
                throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "Cannot plan the batch: up to the patch " + patch.id() + " its files take " + bytes
                        + " bytes, one state for each patch, and the limit is a quarter of the memory, " + mostPlanned
                        + ". Split the batch, or give the Java process more memory (-Xmx)");
            }
            switch (plan.verdict()) {
                case EDITS -> {
                    List<String> newFolders = newFolders(plan, tree);
                    tree.apply(plan.edits());
                    planned.add(new PlannedPatch(patch, plan.edits(), shown(plan), plan.footprint(), newFolders));
                    there.add(patch.id());
                }
                case ALREADY_APPLIED -> {
                    outcomes.add(PatchOutcome.AlreadyApplied.of(patch, shown(plan)));
                    there.add(patch.id());
                }
                case AMBIGUOUS -> outcomes.add(PatchOutcome.Ambiguous.of(patch, shown(plan), plan.places()));
                case CONFLICT -> outcomes.add(plan.nearest().map(nearest -> PatchOutcome.Conflicted.of(patch, shown(plan), nearest))
                        .orElseGet(() -> PatchOutcome.Conflicted.of(patch, shown(plan))));
                case REFUSED -> outcomes.add(PatchOutcome.Refused.of(patch, shown(plan), plan.code().orElseThrow(),
                        Untrusted.line(plan.placeInPatch(), MAX_PLACE)));
            }
        }
        return new BatchPlan(planned, outcomes);
    }

    private static Optional<PatchOutcome> withoutPlanning(Patch patch, Set<String> there, Known known) {
        List<String> missing = patch.needs().stream().filter(need -> !there.contains(need)).toList();
        if (!missing.isEmpty()) {
            return Optional.of(PatchOutcome.Dropped.of(patch, "needs " + String.join(", ", missing) + ", which did not land", missing));
        }
        String twin = known.twins().get(patch.id());
        if (twin != null && there.contains(twin)) {
            return Optional.of(PatchOutcome.AlreadyApplied.by(patch, "asks for the same as " + twin, twin));
        }
        if (twin != null && known.takenOut().contains(twin)) {
            return Optional.of(PatchOutcome.Dropped.of(patch, "asks for the same as " + twin + ", which was taken out", List.of(twin)));
        }
        return Optional.empty();
    }

    /**
     * A patch that was planned with others before it, of which some may have gone, is placed where it was then. What it says itself must not
     * contradict that: the same lines may stand elsewhere.
     */
    private PatchPlan rebased(PatchPlan plan, @Nullable PlannedPatch earlier, PatchedTree tree) {
        if (earlier != null && ShiftedItems.mayMatterTo(earlier.patch())) {
            return withItemsWhereTheyWere(plan, earlier, tree);
        }
        if (earlier == null || !Rebase.allowed(earlier) || plan.verdict() == Verdict.REFUSED || plan.verdict() == Verdict.ALREADY_APPLIED
                || isAsBefore(earlier, tree)) {
            return plan;
        }
        Optional<List<FileEdit>> merged = Rebase.onto(earlier, tree);
        if (plan.verdict() == Verdict.EDITS) {
            return merged.isPresent() && sameResult(plan.edits(), merged.get()) ? plan
                    : PatchPlan.conflict("it fits at another place than where it was before");
        }
        return merged.filter(edits -> !edits.isEmpty()).map(edits -> PatchPlan.edits(edits, "placed by three-way merge")).orElse(plan);
    }

    /** An index says nothing of the item that was meant; a merge by lines knows it. */
    private PatchPlan withItemsWhereTheyWere(PatchPlan plan, PlannedPatch earlier, PatchedTree tree) {
        if (plan.verdict() == Verdict.REFUSED || isAsBefore(earlier, tree)
                || !ShiftedItems.in(earlier, tree, limits)) {
            return plan;
        }
        Optional<List<FileEdit>> merged = Rebase.allows(earlier.patch()) && !ShiftedItems.hasTest(earlier.patch(), limits)
                ? Rebase.onto(earlier, tree).filter(edits -> !edits.isEmpty()
                        && edits.stream().allMatch(edit -> edit.after().filter(content -> ShiftedItems.isJson(content, limits)).isPresent()))
                : Optional.empty();
        if (merged.isPresent()) {
            return plan.verdict() == Verdict.EDITS && sameResult(plan.edits(), merged.get()) ? plan
                    : PatchPlan.edits(merged.get(), "placed by three-way merge");
        }
        return plan.verdict() == Verdict.EDITS || plan.verdict() == Verdict.ALREADY_APPLIED
                ? PatchPlan.conflict("the items of an array have moved, and its indexes mean others than before") : plan;
    }

    private static boolean isAsBefore(PlannedPatch earlier, PatchedTree tree) {
        try {
            return earlier.edits().stream().allMatch(edit -> tree.read(edit.path()).equals(edit.before()));
        } catch (PathRefusedException e) {
            return false;
        }
    }

    private static boolean sameResult(List<FileEdit> one, List<FileEdit> other) {
        return results(one).equals(results(other));
    }

    private static Map<String, Optional<FileContent>> results(List<FileEdit> edits) {
        return edits.stream().collect(Collectors.toMap(FileEdit::path, FileEdit::after));
    }

    private static List<String> newFolders(PatchPlan plan, PatchedTree tree) {
        return plan.edits().stream().filter(edit -> edit.before().isEmpty())
                .flatMap(edit -> tree.missingFolders(edit.path()).stream()).distinct().toList();
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
            for (Map.Entry<String, Optional<String>> expected : patch.expects().entrySet()) {
                if (!tree.read(expected.getKey()).map(FileContent::sha256).equals(expected.getValue())) {
                    return PatchPlan.conflict(Untrusted.line(expected.getKey(), MAX_PLACE) + (expected.getValue().isEmpty() ? " is there"
                            : " does not hold what the patch was made for"));
                }
            }
            PatchPlan plan = format.get().plan(patch, tree, limits);
            // Not before: what was sent twice finds its target changed by itself.
            if (plan.verdict() == Verdict.EDITS && stale(patch, tree)) {
                return PatchPlan.conflict(Untrusted.line(patch.target().orElse("the file"), MAX_PLACE)
                        + " does not hold what the patch was made for");
            }
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
                long bytes = edit.after().map(FileContent::size).orElse(0);
                if (bytes > limits.maxFileBytes()) {
                    return PatchPlan.refused(ErrorCode.PATCH_LIMIT, "the patch makes " + Untrusted.line(edit.path(), MAX_PLACE) + " " + bytes
                            + " bytes long, the limit is " + limits.maxFileBytes());
                }
            }
            tree.checkNames(plan.edits());
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
