package dev.autosync.spi;

/**
 * A connector that can mark a revision as good or bad.
 *
 * <p>Implemented by plugins. The engine marks each revision that a sink has published.
 *
 * @since 0.1.0
 */
public interface StatusReporter extends Connector {

    /**
     * Marks a revision. Doing it twice is doing it once.
     *
     * @param revision the revision, as the sink named it
     * @param success whether its tests are green
     * @param description one line of at most 140 characters, without secrets
     * @throws ConnectorException if it was not marked, or it is not known whether it was
     * @throws InterruptedException if the thread was interrupted
     */
    void mark(String revision, boolean success, String description) throws InterruptedException;
}
