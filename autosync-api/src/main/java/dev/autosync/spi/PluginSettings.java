package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says for one plugin.
 *
 * <p>Called by plugins' factories. The engine watches which keys are asked for: when the factory has returned, a key that is in the
 * file and was never asked for is an error that names the nearest key that was. So ask for every key, always. A value of the
 * wrong type is an error with file, line and JSON pointer. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public interface PluginSettings {

    /**
     * A text.
     *
     * @param key the key
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#CONFIG_WRONG_TYPE}
     */
    Optional<String> string(String key);

    /**
     * A list of texts.
     *
     * @param key the key
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#CONFIG_WRONG_TYPE}
     */
    List<String> strings(String key);

    /**
     * A whole number.
     *
     * @param key the key
     * @param least the least value allowed
     * @param most the greatest value allowed
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#CONFIG_WRONG_TYPE}, {@link ErrorCode#CONFIG_INVALID_VALUE}
     */
    Optional<Long> integer(String key, long least, long most);

    /**
     * Yes or no.
     *
     * @param key the key
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#CONFIG_WRONG_TYPE}
     */
    Optional<Boolean> bool(String key);

    /**
     * A duration as ISO 8601 writes it, for example {@code PT10M}; more than zero.
     *
     * @param key the key
     * @return empty if the key is not there
     * @throws AutoSyncException {@link ErrorCode#CONFIG_WRONG_TYPE}, {@link ErrorCode#CONFIG_INVALID_VALUE}
     */
    Optional<Duration> duration(String key);

    /**
     * An error at a key, for values that only the plugin can judge.
     *
     * @param key the key; the plugin's whole section if it is not there
     * @param message what is wrong and what to do
     * @return the error, to be thrown; {@link ErrorCode#CONFIG_INVALID_VALUE} with file, line and JSON pointer
     */
    AutoSyncException invalid(String key, String message);
}
