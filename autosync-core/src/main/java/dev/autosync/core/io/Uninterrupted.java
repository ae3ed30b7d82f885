package dev.autosync.core.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Runs file work that an interrupt must not disturb. A {@code FileChannel} closes itself when its thread is interrupted; the work is
 * then done again from the start with the flag lowered, and the flag is raised again at the end.
 */
final class Uninterrupted {

    /** File work that may be repeated. */
    interface Work<T> {
        T run() throws IOException;
    }

    private Uninterrupted() {}

    static <T> T call(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
