package dev.autosync.bench.suite;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads a report the short way: as a tree of the JDK, as safely as that goes, and no more than a test's name, end and time. */
final class DomReader {

    private DomReader() {}

    static List<TestResult> results(byte[] report) throws IOException {
        List<TestResult> results = new ArrayList<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            Node suite = builder.parse(new ByteArrayInputStream(report)).getDocumentElement();
            for (Node child = suite.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element test && test.getTagName().equals("testcase")) {
                    results.add(result(test));
                }
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
        return results;
    }

    private static TestResult result(Element test) {
        Status status = Status.PASSED;
        String message = "";
        for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element said) {
                status = said.getTagName().equals("failure") ? Status.FAILED : Status.SKIPPED;
                message = said.getAttribute("message");
            }
        }
        Duration time = Duration.ofNanos(new BigDecimal(test.getAttribute("time")).movePointRight(9).longValue());
        return TestResult.of(test.getAttribute("classname") + "#" + test.getAttribute("name"), status, time, message);
    }
}
