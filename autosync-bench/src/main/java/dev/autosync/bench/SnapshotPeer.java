package dev.autosync.bench;

import java.io.Closeable;

/** Somebody who can tell what a work tree holds, and keep it. */
interface SnapshotPeer extends Closeable {

    /** Who it is, as figures have it. */
    String who();

    /** Forgets everything, so that the next {@link #keep} is the first. Not measured. */
    void forget() throws Exception;

    /** Looks what has changed since it was kept last. */
    void look() throws Exception;

    /** Keeps what the tree holds. */
    void keep() throws Exception;
}
