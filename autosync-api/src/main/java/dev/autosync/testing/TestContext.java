package dev.autosync.testing;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a suite is told about the run it is asked for.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class TestContext {
    private final Path workspace;
    private final Path origin;

    private TestContext(Path workspace, Path origin) {
        this.workspace = workspace;
        this.origin = origin;
    }

    /**
     * A run on a tree.
     *
     * @param workspace the root of the tree to test
     * @return the context
     */
    public static TestContext of(Path workspace) {
        Path tree = Objects.requireNonNull(workspace, "workspace").toAbsolutePath().normalize();
        return new TestContext(tree, tree);
    }

    /**
     * A run on a copy of a tree.
     *
     * @param copy the root of the tree to test
     * @param origin the root of the tree that it is a copy of
     * @return the context
     */
    public static TestContext ofCopy(Path copy, Path origin) {
        return new TestContext(Objects.requireNonNull(copy, "copy").toAbsolutePath().normalize(),
                Objects.requireNonNull(origin, "origin").toAbsolutePath().normalize());
    }

    /**
     * The root of the tree to test.
     *
     * @return an absolute, normalised path
     */
    public Path workspace() {
        return workspace;
    }

    /**
     * The root of the workspace that the tree to test is, or is a copy of. A suite that was given absolute paths below it means those of the tree.
     *
     * @return an absolute, normalised path; {@link #workspace()} itself where the tests run in place
     */
    public Path origin() {
        return origin;
    }
}
