package dev.autosync.core.gate;

import java.util.Optional;

/**
 * Finds the first patch that turns a green prefix of a batch red, by halving.
 *
 * <p>Cost: at most ceil(log2(n)) probes. Assumes that a prefix which contains a red one is red.
 */
final class Bisection {

    /** What a probe says. */
    enum Answer {
        /** The prefix is green. */
        GREEN,
        /** The prefix is red. */
        RED,
        /** Nothing could be found out. */
        NONE
    }

    /** Tests a prefix. */
    interface Probe {
        /**
         * Tests the first patches.
         *
         * @param length how many, 1 or more
         */
        Answer test(int length) throws InterruptedException;
    }

    private Bisection() {}

    /**
     * Finds the first red prefix.
     *
     * @param length the length of a prefix known to be red, 1 or more; the empty prefix is known to be green
     * @return the length of the first red prefix, whose predecessor was seen green; empty if a probe found out nothing
     */
    static Optional<Integer> firstRed(int length, Probe probe) throws InterruptedException {
        int green = 0;
        int red = length;
        while (red - green > 1) {
            int middle = green + (red - green) / 2;
            switch (probe.test(middle)) {
                case GREEN -> green = middle;
                case RED -> red = middle;
                case NONE -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(red);
    }
}
