package dev.autosync.testing;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
    private final Set<String> only;
    private final List<String> first;
    private final boolean failFast;

    private TestContext(Path workspace, Path origin, Set<String> only, List<String> first, boolean failFast) {
        this.workspace = workspace;
        this.origin = origin;
        this.only = only;
        this.first = first;
        this.failFast = failFast;
    }

    /**
     * A run on a tree.
     *
     * @param workspace the root of the tree to test
     * @return the context
     */
    public static TestContext of(Path workspace) {
        Path tree = Objects.requireNonNull(workspace, "workspace").toAbsolutePath().normalize();
        return new TestContext(tree, tree, Set.of(), List.of(), false);
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
                Objects.requireNonNull(origin, "origin").toAbsolutePath().normalize(), Set.of(), List.of(), false);
    }

    /**
     * The same run of some tests. A suite may run more than these, and never fewer; one that is not {@linkplain TestSuite#selective() selective}
     * runs all.
     *
     * @param ids the {@linkplain TestResult#id() ids} of the tests, as earlier runs of the suite gave them; none for all tests
     * @return a new context
     */
    public TestContext only(Collection<String> ids) {
        return new TestContext(workspace, origin, Collections.unmodifiableSet(new LinkedHashSet<>(ids)), first, failFast);
    }

    /**
     * The same run with tests that are likely to fail. A suite that can choose the order runs them first; it runs no other tests for it.
     *
     * @param ids the {@linkplain TestResult#id() ids} of the tests, the likeliest first
     * @return a new context
     */
    public TestContext first(Collection<String> ids) {
        return new TestContext(workspace, origin, only, List.copyOf(ids), failFast);
    }

    /**
     * The same run, which may end with the first test that fails. Nothing lands on such a run if it is red, and a green one has run all.
     *
     * @return a new context
     */
    public TestContext failFast() {
        return new TestContext(workspace, origin, only, first, true);
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

    /**
     * The tests to run.
     *
     * @return their ids; empty for all
     */
    public Set<String> only() {
        return only;
    }

    /**
     * The tests that are likely to fail.
     *
     * @return their ids, the likeliest first
     */
    public List<String> first() {
        return first;
    }

    /**
     * Whether the run may end with the first test that fails.
     *
     * @return false unless it was asked for
     */
    public boolean endsAtFirstFailure() {
        return failFast;
    }
}
