package dev.autosync.core.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * JUnit XML: what Surefire, Gradle and Ant write, and the many that imitate them.
 *
 * <p>Threads: no state.
 */
final class JUnitXmlReports implements ReportReader {

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
        UntrustedXml.walk(report, false, handler);
        Optional<String> contradiction = handler.contradiction();
        if (contradiction.isPresent()) {
            throw new BrokenReportException("contradicts itself: " + contradiction.get());
        }
        return handler.isReport();
    }
}
