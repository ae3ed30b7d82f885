package dev.autosync.spi;

/**
 * Makes reporters of one kind.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that builds the engine.
 *
 * @since 0.1.0
 */
public interface ReporterFactory {

    /**
     * The name that configurations use.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Makes a reporter.
     *
     * @param settings what the configuration says for it
     * @return the reporter
     */
    Reporter create(PluginSettings settings);
}
