package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which patches of a batch are only run together with which others. Those that need each other are a unit: they come and go as one.
 *
 * <p>Immutable, safe to share. Patches are their places in the batch, from 0.
 */
public final class Needs {
    private final List<BitSet> below;

    private Needs(List<BitSet> below) {
        this.below = below;
    }

    /** No patch needs another. */
    public static Needs none(int patches) {
        List<BitSet> below = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            below.add(new BitSet());
        }
        return new Needs(below);
    }

    /**
     * What each patch needs; what that needs in its turn is found out here.
     *
     * @param direct for each patch others of the batch, in any order
     */
    public static Needs of(List<? extends Collection<Integer>> direct) {
        Needs needs = none(direct.size());
        for (int patch = 0; patch < direct.size(); patch++) {
            needs = needs.with(patch, direct.get(patch));
        }
        return needs;
    }

    /** The same, and a patch that needs more. */
    public Needs with(int patch, Collection<Integer> more) {
        BitSet added = new BitSet();
        for (int needed : more) {
            if (needed < 0 || needed >= below.size()) {
                throw new IllegalArgumentException("patch " + patch + " needs patch " + needed + ", but there are " + below.size());
            }
            added.set(needed);
            added.or(below.get(needed));
        }
        List<BitSet> wider = new ArrayList<>();
        for (int each = 0; each < below.size(); each++) {
            BitSet own = (BitSet) below.get(each).clone();
            if (each == patch || own.get(patch)) {
                own.or(added);
                own.clear(each);
            }
            wider.add(own);
        }
        return new Needs(wider);
    }

    /** The same, and patches that need more. */
    public Needs with(Map<Integer, ? extends Collection<Integer>> more) {
        Needs all = this;
        for (Map.Entry<Integer, ? extends Collection<Integer>> each : more.entrySet()) {
            all = all.with(each.getKey(), each.getValue());
        }
        return all;
    }

    /** How many patches the batch has. */
    public int patches() {
        return below.size();
    }

    /** What a patch needs, directly and through others, without itself. */
    public Set<Integer> of(int patch) {
        return below.get(patch).stream().boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** Some patches with all that they need, ascending. */
    public List<Integer> closed(Collection<Integer> patches) {
        return closed(bits(patches)).stream().boxed().toList();
    }

    BitSet closed(BitSet patches) {
        BitSet closed = (BitSet) patches.clone();
        patches.stream().forEach(patch -> closed.or(below.get(patch)));
        return closed;
    }

    /** Some patches and all that need any of them. */
    BitSet withDependents(BitSet patches) {
        BitSet all = (BitSet) patches.clone();
        for (int patch = 0; patch < below.size(); patch++) {
            if (below.get(patch).intersects(patches)) {
                all.set(patch);
            }
        }
        return all;
    }

    /** A patch and those that it needs and that need it. */
    public List<Integer> unit(int patch) {
        List<Integer> unit = new ArrayList<>();
        for (int each = 0; each < below.size(); each++) {
            if (each == patch || below.get(patch).get(each) && below.get(each).get(patch)) {
                unit.add(each);
            }
        }
        return unit;
    }

    /** Some patches and what they need, unit by unit: in the order of the batch, but each unit behind what it needs. */
    List<List<Integer>> units(Collection<Integer> patches) {
        List<List<Integer>> units = new ArrayList<>();
        BitSet placed = new BitSet();
        closed(patches).forEach(patch -> place(patch, placed, units));
        return units;
    }

    private void place(int patch, BitSet placed, List<List<Integer>> units) {
        if (placed.get(patch)) {
            return;
        }
        List<Integer> unit = unit(patch);
        unit.forEach(placed::set);
        below.get(patch).stream().forEach(needed -> place(needed, placed, units));
        units.add(unit);
    }

    static BitSet bits(Collection<Integer> patches) {
        BitSet bits = new BitSet();
        patches.forEach(bits::set);
        return bits;
    }
}
