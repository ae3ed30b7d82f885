package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.ExactDiff;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.Blame;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The patches of a batch and what has become of them so far, on the tree that has come of it. */
final class OpenBatch {
    private static final int MOST_REASON = 2000;

    /** As much of what the patches did exactly is kept for the report. */
    private static final long MAX_DIFF_BYTES = 64L << 20;

    private final List<Patch> patches;
    private final BatchPlanner planner;
    private final Snapshot before;
    private final Map<String, String> twins;
    private final Map<String, PatchOutcome> outcomes = new LinkedHashMap<>();
    private final List<String> landed = new ArrayList<>();
    private final Set<String> landedEarlier = new LinkedHashSet<>();
    private final Set<String> oncePlanned = new LinkedHashSet<>();
    private final List<String> takenOut = new ArrayList<>();
    private final Set<String> combined = new HashSet<>();
    private final Map<String, PlannedPatch> lastPlans = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final PatchedTree first;
    private PatchedTree base;
    private long roomForDiffs = MAX_DIFF_BYTES;
    private int planned = -1;

    /**
     * A batch.
     *
     * @param patches each after those that it needs
     * @param before the tree before it
     * @param base the same, to be patched
     */
    OpenBatch(List<Patch> patches, BatchPlanner planner, Snapshot before, PatchedTree base) {
        this.patches = patches;
        this.planner = planner;
        this.before = before;
        this.first = base;
        this.base = base;
        this.twins = planner.checksums().twins(patches);
    }

    /** A patch that has landed in an earlier cycle is not planned again: its work may have been built upon since. */
    void landedEarlier(Patch patch, String cycle) {
        outcomes.put(patch.id(), PatchOutcome.AlreadyApplied.inCycle(patch, "landed in cycle " + cycle, cycle));
        landedEarlier.add(patch.id());
    }

    /** Plans what is still open on top of what has landed: at first all, later what can be applied since culprits were taken out. */
    Round plan() {
        BatchPlanner.Known known = new BatchPlanner.Known(known(), Set.copyOf(takenOut), twins, Map.copyOf(lastPlans));
        BatchPlan plan = planner.plan(open(), base, known);
        checkNobodyElseWrote(plan.planned());
        planned = planned < 0 ? plan.planned().size() : planned;
        for (PlannedPatch patch : plan.planned()) {
            oncePlanned.add(patch.patch().id());
            lastPlans.put(patch.patch().id(), patch);
        }
        for (PatchOutcome outcome : plan.outcomes()) {
            outcomes.put(outcome.patch().id(), afterwards(outcome));
        }
        plan.planned().forEach(patch -> outcomes.remove(patch.patch().id()));
        return new Round(planner, base, landed, plan.planned(), new BatchPlanner.Known(known(), Set.copyOf(takenOut), twins, Map.copyOf(lastPlans)));
    }

    /** The patches that are not decided; those left out that, in their place before others that have landed, do not apply. */
    private List<Patch> open() {
        List<Patch> open = patches.stream().filter(patch -> !decided(patch)).toList();
        if (landed.isEmpty()) {
            return open;
        }
        List<Patch> inOrder = patches.stream().filter(patch -> landed.contains(patch.id()) || !decided(patch)).toList();
        BatchPlan plan = planner.plan(inOrder, first, new BatchPlanner.Known(landedEarlier, Set.copyOf(takenOut), twins, Map.copyOf(lastPlans)));
        Set<String> apply = plan.planned().stream().map(patch -> patch.patch().id()).collect(Collectors.toSet());
        plan.outcomes().stream().filter(outcome -> !landed.contains(outcome.patch().id())).forEach(outcome -> outcomes.put(outcome.patch().id(), afterwards(outcome)));
        return open.stream().filter(patch -> apply.contains(patch.id())).toList();
    }

    /** A plan is made for what the disk holds, which may have changed since the snapshot: the baseline has taken its time. */
    private void checkNobodyElseWrote(List<PlannedPatch> plan) {
        Map<String, Optional<FileContent>> disk = base.disk();
        plan.stream().flatMap(patch -> patch.edits().stream()).map(FileEdit::path).distinct().forEach(path -> {
            Optional<String> then = before.sha256(path).filter(hash -> !hash.isEmpty());
            if (then.isPresent() && disk.containsKey(path) && !disk.get(path).map(FileContent::sha256).equals(then)) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot patch " + Untrusted.line(path, 200)
                        + ": somebody else has changed it"
                        + " since the snapshot, or the tests have. What they wrote was kept, the batch was undone; run it again");
            }
        });
    }

    /** A patch that could be applied as long as a bad one was there depends on that one. */
    private PatchOutcome afterwards(PatchOutcome outcome) {
        String id = outcome.patch().id();
        boolean lost = outcome.kind() == PatchOutcome.Kind.CONFLICTED || outcome.kind() == PatchOutcome.Kind.AMBIGUOUS
                || outcome.kind() == PatchOutcome.Kind.REFUSED;
        if (!lost || !oncePlanned.contains(id) || takenOut.isEmpty()) {
            return outcome;
        }
        Set<String> known = below.getOrDefault(id, Set.of());
        List<String> causes = takenOut.stream().filter(known::contains).toList();
        List<String> named = causes.isEmpty() ? takenOut : causes;
        return PatchOutcome.Dropped.of(outcome.patch(), "does not apply without " + String.join(", ", named) + ": " + outcome.reason(), named);
    }

    /**
     * Patches were good together.
     *
     * @param needs by the ids of some, what they need without saying so
     */
    void land(List<PlannedPatch> good, String reason, Map<String, List<String>> needs) {
        base = base.copy();
        for (PlannedPatch patch : good) {
            base.apply(patch.edits());
            landed.add(patch.patch().id());
            List<String> others = needs.getOrDefault(patch.patch().id(), List.of());
            outcomes.put(patch.patch().id(), withDiffs(patch, PatchOutcome.Applied.of(patch.patch(), reason + (patch.note().isEmpty() ? "" : "; " + patch.note()) + needs(others),
                    patch.edits().stream().map(FileEdit::path).toList()).needsOneOf(others)));
        }
    }

    private static String needs(List<String> others) {
        return others.isEmpty() ? "" : "; needs " + (others.size() == 1 ? "" : "one of ") + Judge.names(others) + ", which it does not name";
    }

    private PatchOutcome.Applied withDiffs(PlannedPatch patch, PatchOutcome.Applied applied) {
        if (roomForDiffs <= 0) {
            return applied;
        }
        Patch diff = ExactDiff.of(patch);
        Patch inverse = ExactDiff.inverse(patch);
        roomForDiffs -= (long) diff.size() + inverse.size();
        return roomForDiffs < 0 ? applied : applied.with(diff, inverse);
    }

    /**
     * A patch is bad.
     *
     * @param round in which it was found to be so
     */
    void blame(Patch patch, Round round, String reason, Blame blame) {
        // What depends on it, as long as it is there to be depended on.
        round.planned().forEach(other -> below.put(other.patch().id(), round.allBelow(other.patch().id())));
        outcomes.put(patch.id(), PatchOutcome.Blamed.of(patch, Untrusted.block(reason, MOST_REASON), blame));
        takenOut.add(patch.id());
    }

    /** A patch is bad only together with others, which stay. */
    void combined(Patch patch, List<String> with, String reason) {
        outcomes.put(patch.id(), PatchOutcome.Dropped.of(patch, Untrusted.block(reason, MOST_REASON), with));
        takenOut.add(patch.id());
        combined.add(patch.id());
    }

    /** Nobody knows whether patches are good. */
    void undecided(List<Patch> some, String why) {
        undecided(some, why, List.of());
    }

    /** Nobody knows whether patches are good, with which tests fail now and then and never without. */
    void undecided(List<Patch> some, String why, List<String> tests) {
        some.forEach(patch -> outcomes.put(patch.id(), PatchOutcome.Undecided.of(patch, Untrusted.block(why, MOST_REASON)).intermittent(tests)));
    }

    /** Final outcomes; every other one is what the last plan said. */
    private boolean decided(Patch patch) {
        PatchOutcome outcome = outcomes.get(patch.id());
        return landedEarlier.contains(patch.id()) || combined.contains(patch.id()) || outcome != null && (outcome.kind() == PatchOutcome.Kind.APPLIED
                || outcome.kind() == PatchOutcome.Kind.BLAMED || outcome.kind() == PatchOutcome.Kind.UNDECIDED);
    }

    /** How many patches are decided so far. */
    int decided() {
        return (int) patches.stream().filter(this::decided).count();
    }

    /** What a patch that needs another may build on. */
    private Set<String> known() {
        Set<String> known = new HashSet<>(landed);
        known.addAll(landedEarlier);
        return known;
    }

    /** Whether anything has landed. */
    boolean hasLanded() {
        return !landed.isEmpty();
    }

    /** How many patches could be applied at first. */
    int firstPlanned() {
        return Math.max(0, planned);
    }

    /** The tree with all that has landed. */
    PatchedTree base() {
        return base;
    }

    /** Folders that come to be empty by what has landed, where the patch says that they go. */
    List<String> emptiedFolders() {
        List<String> folders = new ArrayList<>();
        for (PatchOutcome outcome : outcomes.values()) {
            if (outcome instanceof PatchOutcome.Applied applied && !applied.patch().emptyFolders().isEmpty()) {
                List<String> gone = applied.paths().stream().filter(path -> Optional.empty().equals(base.overlay().get(path))).toList();
                applied.patch().emptyFolders().stream().filter(folder -> gone.stream().anyMatch(path -> path.startsWith(folder + "/")))
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    /** What has become of each patch, in the order of the batch. */
    List<PatchOutcome> outcomes() {
        List<PatchOutcome> ordered = new ArrayList<>();
        for (Patch patch : patches) {
            PatchOutcome outcome = outcomes.get(patch.id());
            if (outcome == null) {
                throw new IllegalStateException("no outcome for " + patch.id());
            }
            ordered.add(outcome);
        }
        return ordered;
    }

    /** What tells of each patch whether another asks for the same. */
    Map<String, String> checksums() {
        return patches.stream().collect(Collectors.toMap(Patch::id, planner.checksums()::of));
    }
}
