package dev.autosync.core.gate;

import dev.autosync.core.lock.Lease;

/**
 * A workspace that was taken for something other than a cycle, and in which nothing is left open.
 *
 * @param lease the hold
 * @param afterwards what else is to be freed
 */
public record HeldWorkspace(Lease lease, Runnable afterwards) implements AutoCloseable {

    /** Takes a workspace. */
    @FunctionalInterface
    public interface Door {
        /**
         * Takes the workspace, and puts right what a dead process has left open in it.
         *
         * @return to be closed
         */
        HeldWorkspace open() throws InterruptedException;
    }

    @Override
    public void close() {
        try {
            lease.close();
        } finally {
            afterwards.run();
        }
    }
}
