package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which patches of a batch cannot be without which others.
 *
 * @param of for each patch, by its place, all earlier ones that it needs, directly or through others
 */
public record Needs(List<Set<Integer>> of) {
    /**
     * Makes the sets complete.
     *
     * @param of for each patch earlier ones that it needs
     */
    public Needs {
        List<Set<Integer>> complete = Stream.<Set<Integer>>generate(HashSet::new).limit(of.size()).toList();
        for (int patch = 0; patch < of.size(); patch++) {
            for (int need : of.get(patch)) {
                if (need < 0 || need >= patch) {
                    throw new IllegalArgumentException("patch " + patch + " can need only earlier ones, not " + need);
                }
                complete.get(patch).add(need);
                complete.get(patch).addAll(complete.get(need));
            }
        }
        of = complete.stream().map(Set::copyOf).toList();
    }

    /** Patches none of which needs another. */
    public static Needs none(int patches) {
        return new Needs(Stream.<Set<Integer>>generate(Set::of).limit(patches).toList());
    }

    /** How many patches there are. */
    public int patches() {
        return of.size();
    }

    /** What a patch needs, directly or through others. */
    public Set<Integer> of(int patch) {
        return of.get(patch);
    }

    /** The same with more. */
    public Needs with(Map<Integer, Set<Integer>> more) {
        List<Set<Integer>> all = new ArrayList<>();
        for (int patch = 0; patch < of.size(); patch++) {
            Set<Integer> needs = new HashSet<>(of.get(patch));
            needs.addAll(more.getOrDefault(patch, Set.of()));
            all.add(needs);
        }
        return new Needs(all);
    }
}
