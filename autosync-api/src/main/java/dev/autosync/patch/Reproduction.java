package dev.autosync.patch;

import java.util.List;
import java.util.Objects;

/**
 * The smallest set of patches with which a failure was seen.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Reproduction {
    private final List<String> patches;
    private final String content;
    private final int run;
    private final boolean minimal;

    private Reproduction(List<String> patches, String content, int run, boolean minimal) {
        this.patches = List.copyOf(patches);
        this.content = Objects.requireNonNull(content, "content");
        this.run = run;
        this.minimal = minimal;
    }

    /**
     * A reproduction.
     *
     * @param patches the ids of the patches of the batch that were in the tree
     * @param content the content hash of that tree, as {@link BatchRun#content()}
     * @param run the {@link BatchRun#number()} of the run in which it failed
     * @param minimal whether it is known that none of them can be left out, but with those that need it
     * @return the reproduction
     */
    public static Reproduction of(List<String> patches, String content, int run, boolean minimal) {
        return new Reproduction(patches, content, run, minimal);
    }

    /**
     * The patches: put on the tree before the batch, in this order, they make it fail.
     *
     * @return their ids, one or more
     */
    public List<String> patches() {
        return patches;
    }

    /**
     * What the tree held.
     *
     * @return as {@link BatchRun#content()}; empty if nobody knows
     */
    public String content() {
        return content;
    }

    /**
     * In which run it failed.
     *
     * @return its {@link BatchRun#number()}
     */
    public int run() {
        return run;
    }

    /**
     * Whether it cannot be made smaller: with any of the patches left out, and what needs it, the tests were green. More than one patch then means that they
     * fail only together, or that one needs the other.
     *
     * @return false as well if nobody has tried
     */
    public boolean isMinimal() {
        return minimal;
    }

    @Override
    public String toString() {
        return String.join(", ", patches) + " in run " + run + (minimal ? ", no fewer" : "");
    }
}
