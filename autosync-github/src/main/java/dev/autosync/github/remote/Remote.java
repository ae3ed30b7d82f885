package dev.autosync.github.remote;

import dev.autosync.github.git.ObjectStore;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.ConnectorException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** The repository on the other side. */
public interface Remote {

    /**
     * Looks at what is there, with the right to push.
     *
     * @throws ConnectorException if it cannot be reached, refuses, or is no git
     */
    Advertisement look() throws InterruptedException;

    /**
     * Brings commits into a store's memory.
     *
     * @param tip the commit to have, which the other side has named
     * @param have commits whose history need not be sent
     */
    void fetch(ObjectId tip, List<ObjectId> have, ObjectStore into) throws InterruptedException;

    /**
     * Moves a branch, if it still is where it is expected to be.
     *
     * @throws ConnectorException if nothing was sent, or the answer says that it was not taken at all
     */
    PublicationOutcome push(Push push) throws InterruptedException;
}
