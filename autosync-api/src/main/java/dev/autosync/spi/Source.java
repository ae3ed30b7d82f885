package dev.autosync.spi;

import dev.autosync.patch.Patch;
import java.util.function.Consumer;

/**
 * A connector that brings patches.
 *
 * <p>Implemented by plugins. The engine keeps the cursor in the history, and moves it only when every patch up to there has a final outcome
 * on record; until then the same patches are pulled again, and those that have landed are known. A patch is called by the connector's name, a
 * slash and its own id, so that connectors cannot take each other's names.
 *
 * @since 0.1.0
 */
public interface Source extends Connector {

    /**
     * Brings what is new. Never touches the workspace.
     *
     * @param since where the last pull that counted has ended; {@link Cursor#start()} for all
     * @param patches takes the patches, one by one, in their order; ids are unique in one pull
     * @return where this pull has ended, or that there is nothing new: then it has given no patch
     * @throws ConnectorException if the other side cannot be reached or does not answer as it should; what was given so far is forgotten
     * @throws InterruptedException if the thread was interrupted
     */
    PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException;
}
