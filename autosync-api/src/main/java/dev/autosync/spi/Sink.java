package dev.autosync.spi;

import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;

/**
 * A connector that publishes: first it plans, then it acts on its plan.
 *
 * <p>Implemented by plugins. What is published is decided by what the other side holds, never by what the connector remembers: after a lost
 * reply the engine plans again, and a publication that has arrived must not arrive twice. Planning after publishing gives an empty plan.
 *
 * @since 0.1.0
 */
public interface Sink extends Connector {

    /**
     * Whether it is asked only when the state is stable, as the configuration defines it, or after every cycle.
     *
     * @return true unless overridden
     */
    default boolean stableOnly() {
        return true;
    }

    /**
     * Finds out what there is to do. Changes nothing on the other side.
     *
     * @param publication what is to be there
     * @return the plan; empty if there is nothing to do
     * @throws ConnectorException if the other side cannot be reached, or does not answer as it should
     * @throws InterruptedException if the thread was interrupted
     */
    PublicationPlan plan(Publication publication) throws InterruptedException;

    /**
     * Does it, all or nothing.
     *
     * @param plan a plan of this connector's, not empty
     * @param idempotencyKey the same for every attempt at this publication: 64 hexadecimal digits
     * @return what came of it; a refusal, a conflict or a lost reply is a value, not an exception
     * @throws ConnectorException if nothing was sent
     * @throws InterruptedException if the thread was interrupted
     */
    PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException;
}
