package dev.autosync.testing;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A suite that runs in this process on the JUnit Platform.
 *
 * <p>The classes are loaded by a new class loader for each run and forgotten after it. The tests share this process: they see its
 * working folder and its system properties, and a test that never ends is abandoned after the time-out on a daemon thread. Use
 * {@link TestSuite#command} for tests that nobody trusts. Threads: immutable; each method returns a new suite.
 *
 * @since 0.1.0
 */
public interface JUnitTests extends TestSuite {

    /**
     * The same suite with folders that are scanned for tests.
     *
     * @param folders folders of classes; relative ones are below the workspace
     * @return a new suite
     */
    JUnitTests testClasses(Path... folders);

    /**
     * The same suite with more folders and jars that the tests need.
     *
     * @param entries relative ones are below the workspace
     * @return a new suite
     */
    JUnitTests classPath(Path... entries);

    /**
     * The same suite that first compiles sources, with the compiler of this JDK. A compile error is red.
     *
     * @param sources a folder of {@code .java} files; relative: below the workspace
     * @param classes where the classes go; relative: below the workspace; added to the class path
     * @return a new suite
     */
    JUnitTests compile(Path sources, Path classes);

    /**
     * The same suite with a limit on the whole run. Past it the run is red.
     *
     * @param timeout more than zero
     * @return a new suite
     * @throws IllegalArgumentException if it is zero or negative
     */
    JUnitTests timeout(Duration timeout);
}
