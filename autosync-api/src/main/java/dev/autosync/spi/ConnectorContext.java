package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What the engine lends a connector.
 *
 * <p>Called by connectors and their factories. Threads: safe to share.
 *
 * @since 0.1.0
 */
public interface ConnectorContext {

    /**
     * The connector's name in the configuration.
     *
     * @return unique in its engine
     */
    String name();

    /**
     * What the configuration says for it.
     *
     * @return the settings; to be asked only while the connector is being opened
     */
    PluginSettings settings();

    /**
     * A secret that the configuration refers to, as in {@code "token": "secret:env/GITHUB_TOKEN"}. To be asked for only while the connector is
     * being opened; the secret itself is fetched when the handle is asked for it. The engine keeps every secret that was fetched out of
     * the history, reports, warnings and errors.
     *
     * @param key the key of the settings
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#SECRET_REFERENCE} if the value is no reference, or nobody can read it
     */
    Optional<SecretHandle> secret(String key);

    /**
     * The workspace. Nothing may be written there but what {@link Sink#publish} is for.
     *
     * @return an absolute path
     */
    Path workspace();

    /**
     * The connector's own folder, for what it may forget.
     *
     * @return an absolute path; created by this call if it was not there
     */
    Path stateFolder();

    /**
     * The engine's clock.
     *
     * @return the clock
     */
    Clock clock();
}
