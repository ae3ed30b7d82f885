package dev.autosync.spi;

/**
 * Opens secrets providers of one kind.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that builds the engine.
 *
 * @since 0.1.0
 */
public interface SecretsProviderFactory {

    /**
     * The name that references use: {@code env} in {@code secret:env/GITHUB_TOKEN}.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Opens a provider. Fetches nothing.
     *
     * @param settings what {@code connectors_config.json} says for it under {@code secrets}
     * @return the provider; whoever called closes it
     */
    SecretsProvider open(PluginSettings settings);
}
