package dev.autosync.spi;

import dev.autosync.testing.TestSuite;

/**
 * Makes test suites of one kind.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that builds the engine.
 *
 * @since 0.1.0
 */
public interface TestSuiteFactory {

    /**
     * The name that configurations use.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Makes a suite.
     *
     * @param settings what the configuration says under {@code tests}
     * @return the suite
     */
    TestSuite create(PluginSettings settings);
}
