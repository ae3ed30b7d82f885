package dev.autosync.spi;

import dev.autosync.SyncReport;
import java.io.IOException;

/**
 * Tells people or programs what a cycle did.
 *
 * <p>Implemented by plugins. Threads: called on the thread that called the engine, one reporter after the other. What it throws is
 * logged and becomes a warning of the report; it cannot fail a cycle.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Reporter {

    /**
     * Reports a cycle.
     *
     * @param report what happened; its text is untrusted where the API says so, escape it for your medium
     * @param output where to write
     * @throws IOException if it cannot be written
     */
    void report(SyncReport report, ReportOutput output) throws IOException;
}
