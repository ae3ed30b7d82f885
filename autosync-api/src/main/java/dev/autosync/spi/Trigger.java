package dev.autosync.spi;

import dev.autosync.publish.CiRun;

/**
 * A connector that starts a run elsewhere, of a CI server most often, and can say what became of it.
 *
 * <p>Implemented by plugins. The engine triggers once for each revision that a sink has published, keeps the run's id in the history, and asks
 * in later cycles until the run has ended.
 *
 * @since 0.1.0
 */
public interface Trigger extends Connector {

    /**
     * Starts a run.
     *
     * @param revision what to run on, as the sink named it
     * @param idempotencyKey the same for every attempt at this run: 64 hexadecimal digits
     * @return the run, with the id under which it can be asked for
     * @throws ConnectorException if it was not started, or it is not known whether it was
     * @throws InterruptedException if the thread was interrupted
     */
    CiRun trigger(String revision, String idempotencyKey) throws InterruptedException;

    /**
     * What became of a run. Asks once and does not wait.
     *
     * @param run a run that was started earlier, perhaps by another process
     * @return the same run with its state now
     * @throws ConnectorException if that is not to be found out now
     * @throws InterruptedException if the thread was interrupted
     */
    CiRun status(CiRun run) throws InterruptedException;
}
