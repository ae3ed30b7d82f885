package dev.autosync.testkit;

import dev.autosync.patch.Patch;
import java.util.Objects;

/**
 * A patch with a tree that it applies to.
 *
 * <p>Made by authors of plugins for {@link PatchFormatContract}. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PatchSample {
    private final Patch patch;
    private final InMemoryFileTree tree;

    private PatchSample(Patch patch, InMemoryFileTree tree) {
        this.patch = Objects.requireNonNull(patch, "patch");
        this.tree = Objects.requireNonNull(tree, "tree");
    }

    /**
     * A sample.
     *
     * @param patch a patch
     * @param tree the files to which it applies
     * @return the sample
     */
    public static PatchSample of(Patch patch, InMemoryFileTree tree) {
        return new PatchSample(patch, tree);
    }

    /**
     * The patch.
     *
     * @return as it was given
     */
    public Patch patch() {
        return patch;
    }

    /**
     * The files to which it applies.
     *
     * @return as they were given
     */
    public InMemoryFileTree tree() {
        return tree;
    }

    /** The same patch with another text. */
    Patch withContent(byte[] content) {
        Patch.Builder builder = Patch.builder(patch.id(), patch.format()).content(content);
        patch.target().ifPresent(builder::target);
        return builder.build();
    }

    @Override
    public String toString() {
        return patch.toString();
    }
}
