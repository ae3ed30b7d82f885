package dev.autosync.core.patch;

import dev.autosync.patch.Footprint;
import dev.autosync.patch.Footprint.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which patches of a planned batch depend on which: a later one on an earlier one if it reads or changes what that changes, or needs it.
 *
 * <p>A place in lines is followed back through what the patches in between do to the file. What is not known is taken for a dependency. Cost: one
 * comparison for each pair of patches with a file in common.
 */
public final class DependencyGraph {
    private final Map<String, Set<String>> direct = new HashMap<>();
    private final Map<String, Footprint> footprints = new HashMap<>();

    private DependencyGraph() {}

    /** The graph of a batch, as it was planned one after the other. */
    public static DependencyGraph of(List<PlannedPatch> planned) {
        DependencyGraph graph = new DependencyGraph();
        List<Touched> touched = planned.stream().map(Touched::by).toList();
        TreeMap<String, List<Integer>> changers = new TreeMap<>();
        for (int i = 0; i < planned.size(); i++) {
            String id = planned.get(i).patch().id();
            TreeSet<Integer> found = new TreeSet<>();
            for (Place place : places(touched.get(i).footprint())) {
                follow(place, touched, changers, found);
            }
            Set<String> on = new LinkedHashSet<>();
            List<String> needs = planned.get(i).patch().needs();
            for (int k = 0; k < i; k++) {
                String earlier = planned.get(k).patch().id();
                if (found.contains(k) || needs.contains(earlier)) {
                    on.add(earlier);
                }
            }
            graph.direct.put(id, on);
            graph.footprints.put(id, touched.get(i).footprint());
            int number = i;
            touched.get(i).changes().keySet().forEach(path -> changers.computeIfAbsent(path, any -> new ArrayList<>()).add(number));
        }
        return graph;
    }

    private static List<Place> places(Footprint footprint) {
        return Stream.concat(footprint.reads().stream(), footprint.changes().stream()).distinct().toList();
    }

    private static void follow(Place place, List<Touched> touched, TreeMap<String, List<Integer>> changers, Set<Integer> found) {
        String path = place.path();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            whole(path.substring(0, slash), touched, changers, found);
        }
        changers.subMap(path + "/", path + "0").keySet().forEach(below -> whole(below, touched, changers, found));
        List<Integer> same = changers.getOrDefault(path, List.of());
        Span span = Span.of(place);
        for (int k = same.size() - 1; k >= 0; k--) {
            Touched.Of change = touched.get(same.get(k)).changes().get(path);
            if (change == null) {
                continue;
            }
            if (span.meets(change, true)) {
                found.add(same.get(k));
            }
            Span before = span.through(change, true).orElse(null);
            if (before == null) {
                return;
            }
            span = before;
        }
    }

    /** A file above or below a path matters if it comes or goes. */
    private static void whole(String path, List<Touched> touched, TreeMap<String, List<Integer>> changers, Set<Integer> found) {
        for (int number : changers.getOrDefault(path, List.of())) {
            Touched.Of change = touched.get(number).changes().get(path);
            if (change != null && change.whole()) {
                found.add(number);
            }
        }
    }

    /**
     * Whether the second of two patches, planned on top of the first, could as well come before it.
     *
     * @return false if they may not, or if nobody can tell
     */
    static boolean commute(PlannedPatch first, PlannedPatch second) {
        Touched one = Touched.by(first);
        Touched other = Touched.by(second);
        return !second.patch().needs().contains(first.patch().id())
                && places(other.footprint()).stream().noneMatch(place -> meets(Span.of(place), place.path(), one, true))
                && one.footprint().reads().stream().noneMatch(place -> {
                    Touched.Of own = one.changes().get(place.path());
                    Span span = own == null ? Span.of(place) : Span.of(place).through(own, false).orElse(Span.of(Place.file(place.path())));
                    return meets(span, place.path(), other, false);
                });
    }

    private static boolean meets(Span span, String path, Touched change, boolean after) {
        return change.changes().entrySet().stream().anyMatch(entry -> entry.getKey().equals(path) ? span.meets(entry.getValue(), after)
                : entry.getValue().whole() && (path.startsWith(entry.getKey() + "/") || entry.getKey().startsWith(path + "/")));
    }

    /** The patches on which a patch depends directly, in their order. */
    public List<String> dependsOn(String id) {
        return List.copyOf(direct.getOrDefault(id, Set.of()));
    }

    /** The patches on which a patch depends, directly or through others. */
    public Set<String> allBelow(String id) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(direct.getOrDefault(id, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (all.add(next)) {
                open.addAll(direct.getOrDefault(next, Set.of()));
            }
        }
        return all;
    }

    /** What a patch reads and changes. */
    public Footprint footprint(String id) {
        return footprints.getOrDefault(id, Footprint.builder().build());
    }
}
