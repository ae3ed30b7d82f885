package dev.autosync.core.testing;

import dev.autosync.testing.TestResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * JUnit XML: what Surefire, Gradle and Ant write, and the many that imitate them.
 *
 * <p>Threads: no state.
 */
public final class JUnitXmlReports implements ReportReader {

    /** A reader. */
    public JUnitXmlReports() {}

    /**
     * What one report says, outside of a suite.
     *
     * @param report its bytes; not closed
     * @return the results, in its order; none if it is something else
     * @throws IOException if it cannot be read whole, or contradicts itself
     */
    public static List<TestResult> results(InputStream report) throws IOException {
        ResultSet results = new ResultSet();
        try {
            new JUnitXmlReports().read("", report, results);
        } catch (BrokenReportException e) {
            throw new IOException("The report " + e.getMessage(), e);
        }
        return results.list();
    }

    @Override
    public String key() {
        return "junitReports";
    }

    @Override
    public String files() {
        return "*.xml";
    }

    @Override
    public boolean read(String name, InputStream report, ResultSet results) throws IOException, BrokenReportException {
        JUnitXml handler = new JUnitXml(results);
        try {
            UntrustedXml.walk(new WithoutControls(report), false, handler);
        } finally {
            handler.end();
        }
        Optional<String> contradiction = handler.contradiction();
        if (contradiction.isPresent()) {
            throw new BrokenReportException("contradicts itself: " + contradiction.get());
        }
        return handler.isReport();
    }
}
