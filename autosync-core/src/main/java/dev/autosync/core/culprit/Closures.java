package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.List;

/** Which patches go together: with each those that it needs, and without it none that needs it. Immutable. */
final class Closures {
    private final BitSet[] needs;
    private final BitSet[] dependents;

    /** Of the patches of a batch. */
    Closures(Needs of) {
        this.needs = new BitSet[of.patches()];
        this.dependents = new BitSet[of.patches()];
        for (int patch = 0; patch < of.patches(); patch++) {
            BitSet own = Needs.bits(List.of(patch));
            needs[patch] = of.closed(own);
            dependents[patch] = of.withDependents(own);
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
