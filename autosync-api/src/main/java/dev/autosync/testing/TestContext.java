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

    private TestContext(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * A run on a tree.
     *
     * @param workspace the root of the tree to test
     * @return the context
     */
    public static TestContext of(Path workspace) {
        return new TestContext(Objects.requireNonNull(workspace, "workspace").toAbsolutePath().normalize());
    }

    /**
     * The root of the tree to test.
     *
     * @return an absolute, normalised path
     */
    public Path workspace() {
        return workspace;
    }
}
