package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Which patches go together: with each those that it needs, and without it none that needs it. Immutable. */
final class Closures {
    private final BitSet[] needs;
    private final BitSet[] dependents;

    /**
     * Of the patches of a batch.
     *
     * @param needs for each the places that it needs, and those that these need
     */
    Closures(List<Set<Integer>> needs) {
        int size = needs.size();
        this.needs = new BitSet[size];
        this.dependents = new BitSet[size];
        for (int patch = 0; patch < size; patch++) {
            dependents[patch] = new BitSet();
            dependents[patch].set(patch);
        }
        for (int patch = 0; patch < size; patch++) {
            BitSet own = new BitSet();
            own.set(patch);
            for (int needed : needs.get(patch)) {
                if (needed < 0 || needed >= size) {
                    throw new IllegalArgumentException("patch " + patch + " needs patch " + needed + ", but there are " + size);
                }
                own.set(needed);
                dependents[needed].set(patch);
            }
            this.needs[patch] = own;
        }
    }

    int patches() {
        return needs.length;
    }

    /** A patch with all that it needs; not to be changed. */
    BitSet of(int patch) {
        return needs[patch];
    }

    /** A patch with all that need it; not to be changed. */
    BitSet dependents(int patch) {
        return dependents[patch];
    }

    /** What is left of some patches when others are taken out, and with them what needs them. */
    BitSet without(BitSet patches, BitSet out) {
        BitSet left = (BitSet) patches.clone();
        out.stream().forEach(patch -> left.andNot(dependents[patch]));
        return left;
    }
}
