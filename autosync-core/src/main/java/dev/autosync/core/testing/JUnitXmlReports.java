package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads JUnit XML reports as what they are: files that the code under test could have written.
 *
 * <p>A document type is refused, and with it every entity, outer file and address; size and number of cases are bounded. Threads: no state.
 */
final class JUnitXmlReports {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private JUnitXmlReports() {}

    /**
     * Reads reports.
     *
     * @param files in the order in which their results are wanted
     * @param results takes the results
     * @return how many were reports, and what was wrong
     */
    static Reading read(List<Path> files, ResultSet results) {
        int reports = 0;
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            try {
                if (read(file, results)) {
                    reports++;
                }
            } catch (SAXParseException e) {
                broken.add(name(file) + " is no well-formed report, line " + e.getLineNumber() + ": " + reason(e));
            } catch (IOException | SAXException | ResultSet.TooManyResultsException e) {
                broken.add(name(file) + " cannot be read: " + reason(e));
            }
        }
        return new Reading(reports, broken);
    }

    private static boolean read(Path file, ResultSet results) throws IOException, SAXException {
        JUnitXml handler = new JUnitXml(results);
        try (InputStream in = new BoundedStream(Files.newInputStream(file))) {
            parser().parse(new InputSource(in), handler);
        }
        return handler.isReport();
    }

    private static SAXParser parser() throws SAXException {
        // The JDK's own parser: another one on the class path may not know these features.
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newSAXParser();
        } catch (ParserConfigurationException e) {
            throw new SAXException(e);
        }
    }

    private static String name(Path file) {
        return Untrusted.line(String.valueOf(file.getFileName()), 200);
    }

    private static String reason(Exception e) {
        return Untrusted.line(String.valueOf(e.getMessage()), 300);
    }

    /**
     * What became of the files.
     *
     * @param reports how many were JUnit reports and could be read whole
     * @param broken one line for each that could not be
     */
    record Reading(int reports, List<String> broken) {}

    /** Counts what is really read: a file's size may change after it was asked for. */
    private static final class BoundedStream extends FilterInputStream {
        private long left = MOST_BYTES;

        private BoundedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            take(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            take(Math.max(0, n));
            return n;
        }

        private void take(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new IOException("larger than " + MOST_BYTES / (1024 * 1024) + " MiB");
            }
        }
    }
}
