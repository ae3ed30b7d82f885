package dev.autosync.core.testing;

import java.io.IOException;
import java.io.InputStream;

/**
 * One kind of report: which files may be one, and what one says. A further kind is a further class.
 *
 * <p>Files are taken as what they are: something that the code under test could have written. Threads: no state.
 */
interface ReportReader {

    /** The name of the kind, as in a configuration. */
    String key();

    /** The names of files that may be such a report, as a glob. */
    String files();

    /**
     * Reads one file. What it said before it turned out to be broken has been added by then: a test that failed has failed.
     *
     * @param name of the file, without folders
     * @param report its bytes, bounded; not closed
     * @param results takes the results
     * @return false if the file is something else, which then says nothing
     * @throws BrokenReportException if it cannot be read whole, or contradicts itself
     * @throws IOException if it cannot be read, or is longer than allowed
     */
    boolean read(String name, InputStream report, ResultSet results) throws IOException, BrokenReportException;
}
