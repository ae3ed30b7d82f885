package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets of patches between two others that may well be built: grown from the inner one and shrunk from the outer one, always by what costs the least
 * chance of a need that is not met.
 *
 * <p>Leaving out little of what was built is more often built than a beginning: what is left out must only not be needed.
 */
final class Cuts {
    private final Needs needs;
    private final double[][] costs;
    private final BitSet inner;
    private final BitSet outer;

    /** What a set is worth. */
    interface Worth {
        /**
         * Weighs a set.
         *
         * @param built the chance that it can be built
         */
        double of(BitSet set, double built);
    }

    /** A set, and what it is worth. */
    record Cut(BitSet set, double built, double worth) {}

    /**
     * Sets strictly between two.
     *
     * @param inner within the outer one
     */
    Cuts(Needs needs, HiddenNeeds hidden, BitSet inner, BitSet outer) {
        this.needs = needs;
        this.costs = hidden.costs();
        this.inner = inner;
        this.outer = outer;
    }

    /** The one that is worth most, but for those that were asked for; empty if none is worth anything. */
    Optional<Cut> best(Worth worth, Set<BitSet> asked) {
        Path shrinking = new Path(outer, false);
        Path growing = new Path(inner, true);
        Cut best = null;
        for (Path path : new Path[] {shrinking, growing}) {
            while (path.step()) {
                if (!asked.contains(path.set)) {
                    double built = Math.exp(-path.cost());
                    double value = worth.of(path.set, built);
                    if (value > 0 && (best == null || value > best.worth() + 1e-12)) {
                        best = new Cut((BitSet) path.set.clone(), built, value);
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** A set that changes patch by patch. */
    private final class Path {
        private final BitSet set;
        private final boolean growing;
        /** For each patch what it costs that those outside the set are missing, and what it costs those inside if it is. */
        private final double[] lacks = new double[costs.length];
        private final double[] lacked = new double[costs.length];

        Path(BitSet from, boolean growing) {
            this.set = (BitSet) from.clone();
            this.growing = growing;
            for (int patch = 0; patch < costs.length; patch++) {
                for (int other = 0; other <= costs.length; other++) {
                    lacks[patch] += set.get(other) ? 0 : costs[patch][other];
                }
            }
            set.stream().forEach(patch -> move(patch, 1));
        }

        private void move(int patch, int sign) {
            for (int other = 0; other < costs.length; other++) {
                lacked[other] += sign * costs[patch][other];
            }
        }

        double cost() {
            return Math.max(0, set.stream().mapToDouble(patch -> lacks[patch]).sum());
        }

        /** One patch more or less, with those that have to come or go with it; false if there is none any more. */
        boolean step() {
            BitSet best = null;
            double least = Double.POSITIVE_INFINITY;
            int from = growing ? outer.nextSetBit(0) : outer.length() - 1;
            for (int patch = from; patch >= 0; patch = growing ? outer.nextSetBit(patch + 1) : outer.previousSetBit(patch - 1)) {
                BitSet moved = moved(patch);
                double cost = moved == null ? Double.POSITIVE_INFINITY : change(moved);
                if (cost < least - 1e-12) {
                    least = cost;
                    best = moved;
                }
            }
            if (best == null) {
                return false;
            }
            best.stream().forEach(this::move);
            return !set.equals(growing ? outer : inner);
        }

        private void move(int patch) {
            set.flip(patch);
            move(patch, growing ? 1 : -1);
            for (int other = 0; other < costs.length; other++) {
                lacks[other] += (growing ? -1 : 1) * costs[other][patch];
            }
        }

        /** What comes or goes with a patch; null if it may not. */
        private @Nullable BitSet moved(int patch) {
            if (set.get(patch) == growing || inner.get(patch)) {
                return null;
            }
            BitSet one = new BitSet();
            one.set(patch);
            BitSet moved = growing ? needs.closed(one) : needs.withDependents(one);
            if (growing) {
                moved.andNot(set);
            } else {
                moved.and(set);
            }
            BitSet forbidden = (BitSet) moved.clone();
            if (growing) {
                forbidden.andNot(outer);
            } else {
                forbidden.and(inner);
            }
            return forbidden.isEmpty() ? moved : null;
        }

        private double change(BitSet moved) {
            double change = 0;
            for (int patch = moved.nextSetBit(0); patch >= 0; patch = moved.nextSetBit(patch + 1)) {
                change += growing ? lacks[patch] - lacked[patch] : lacked[patch] - lacks[patch];
                for (int other = moved.nextSetBit(0); other >= 0; other = moved.nextSetBit(other + 1)) {
                    change -= costs[patch][other];
                }
            }
            return change;
        }
    }
}
