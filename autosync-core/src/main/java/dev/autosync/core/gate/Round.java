package dev.autosync.core.gate;

import dev.autosync.core.culprit.Needs;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.DependencyGraph;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.Patch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The patches that can be decided on together, by their places among them, and the trees with some of them. */
final class Round {
    private final BatchPlanner planner;
    private final PatchedTree base;
    private final List<String> inBase;
    private final List<PlannedPatch> planned;
    private final BatchPlanner.Known known;
    private final DependencyGraph graph;
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * A round.
     *
     * @param base the tree before them
     * @param inBase the patches of the batch that have landed in it
     * @param planned the patches, planned one after the other on it
     * @param known with what they are planned again when some of them are missing
     */
    Round(BatchPlanner planner, PatchedTree base, List<String> inBase, List<PlannedPatch> planned, BatchPlanner.Known known) {
        this.planner = planner;
        this.base = base;
        this.inBase = List.copyOf(inBase);
        this.planned = planned;
        this.known = known;
        this.graph = DependencyGraph.of(planned);
        planned.forEach(patch -> places.put(patch.patch().id(), places.size()));
    }

    /**
     * Some of the patches, planned without the others.
     *
     * @param patches in their order
     * @param candidate the tree with them
     */
    record Part(List<PlannedPatch> patches, Probes.Candidate candidate) {}

    int size() {
        return planned.size();
    }

    Patch patch(int place) {
        return planned.get(place).patch();
    }

    List<PlannedPatch> planned() {
        return planned;
    }

    /** All places, in their order. */
    List<Integer> all() {
        return IntStream.range(0, size()).boxed().toList();
    }

    /** The patches on which a patch depends, directly or through others. */
    Set<String> allBelow(String id) {
        return graph.allBelow(id);
    }

    /** Which patch depends on which. */
    Needs needs() {
        List<Set<Integer>> needs = new ArrayList<>();
        for (PlannedPatch patch : planned) {
            Set<Integer> on = new HashSet<>();
            graph.dependsOn(patch.patch().id()).forEach(id -> on.add(places.get(id)));
            needs.add(on);
        }
        return Needs.of(needs);
    }

    /** The patches at some places alone; empty if one of them does not apply without others. */
    Optional<Part> part(List<Integer> some) {
        boolean beginning = some.isEmpty() || some.get(some.size() - 1) == some.size() - 1;
        List<PlannedPatch> patches = beginning ? planned.subList(0, some.size()) : again(some);
        return patches.size() < some.size() ? Optional.empty() : Optional.of(new Part(patches, new Probes.Candidate(ids(some), tree(patches))));
    }

    private List<PlannedPatch> again(Collection<Integer> some) {
        BatchPlan plan = planner.plan(some.stream().map(this::patch).toList(), base, known);
        return plan.planned();
    }

    /** Those of some patches that do not apply without the others. */
    Set<Integer> lost(List<Integer> some) {
        Set<Integer> lost = new LinkedHashSet<>(some);
        again(some).forEach(patch -> lost.remove(places.get(patch.patch().id())));
        return lost;
    }

    /**
     * What those of some patches need that do not apply without the others: of each that is missing, whether it can be missed.
     *
     * @return by their places, those that they need, all of which come before them
     */
    Map<Integer, Set<Integer>> missing(List<Integer> some) {
        Map<Integer, Set<Integer>> needs = new HashMap<>();
        for (int lost : lost(some)) {
            Set<Integer> tried = new TreeSet<>(some.stream().filter(place -> place <= lost).toList());
            List<Integer> others = IntStream.range(0, lost).boxed().filter(place -> !tried.contains(place)).toList();
            tried.addAll(others);
            Set<Integer> needed = new HashSet<>();
            for (int other : others) {
                tried.remove(other);
                if (lost(List.copyOf(tried)).contains(lost)) {
                    tried.add(other);
                    needed.add(other);
                }
            }
            needs.put(lost, needed);
        }
        return needs;
    }

    private PatchedTree tree(List<PlannedPatch> patches) {
        PatchedTree tree = base.copy();
        patches.forEach(patch -> tree.apply(patch.edits()));
        return tree;
    }

    /** The patches of the batch in a tree with those at some places. */
    List<String> ids(List<Integer> some) {
        List<String> ids = new ArrayList<>(inBase);
        some.forEach(place -> ids.add(patch(place).id()));
        return ids;
    }

    /** The places of some patches of the batch; those of other rounds are left out. */
    List<Integer> places(Collection<String> ids) {
        return ids.stream().filter(places::containsKey).map(places::get).sorted().toList();
    }
}
