package dev.autosync.core.testing;

import static dev.autosync.core.testing.JUnitCase.value;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads one JUnit XML report as the parser walks through it: what Surefire, Gradle, Ant and the tools that imitate them write.
 *
 * <p>Threads: for the thread that parses.
 */
final class JUnitXml extends DefaultHandler {
    private static final int MOST_ID_CHARS = 1_000;
    private static final int MOST_SUITES_DEEP = 100;

    private final ResultSet results;
    private final Deque<SuiteCounts> suites = new ArrayDeque<>();
    private final GoAttempts ofGo = new GoAttempts();
    private boolean report;
    private boolean rootSeen;
    private @Nullable JUnitCase current;
    private boolean inGo;
    private boolean anyPassed;
    private boolean anySuiteStandsForTests;
    private String contradiction = "";

    JUnitXml(ResultSet results) {
        this.results = results;
    }

    /** Whether the root was one of a JUnit report; other XML in the same folder is none of ours. */
    boolean isReport() {
        return report;
    }

    /** How the numbers of the report's suites disagree with its cases. */
    Optional<String> contradiction() {
        if (!contradiction.isEmpty()) {
            return Optional.of(contradiction);
        }
        return anyPassed && !anySuiteStandsForTests ? Optional.of("its suites count no test, and show some that passed") : Optional.empty();
    }

    /** Ends the report, whole or not: what was said so far counts. */
    void end() {
        ofGo.addTo(results);
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
        if (!rootSeen) {
            rootSeen = true;
            report = name.equals("testsuite") || name.equals("testsuites");
        }
        if (!report) {
            return;
        }
        switch (name) {
            case "testsuite", "testsuites" -> {
                if (suites.size() == MOST_SUITES_DEEP) {
                    throw new SAXException("more than " + MOST_SUITES_DEEP + " suites in one another");
                }
                suites.push(new SuiteCounts(attributes, suites.peek()));
                inGo = false;
            }
            case "property" -> {
                results.seed(value(attributes, "name"), value(attributes, "value"));
                inGo |= current == null && !suites.isEmpty() && suites.peek().mayBeOfGotestsum() && value(attributes, "name").equals("go.version");
            }
            case "testcase" -> {
                endCase(); // one in another: what the outer one has said must not be lost
                current = new JUnitCase(id(attributes), attributes);
            }
            default -> {
                if (current != null) {
                    current.begin(name, attributes);
                } else if ((name.equals("failure") || name.equals("error")) && !suites.isEmpty()) {
                    suites.peek().failByItself();
                }
            }
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        if (current != null) {
            current.characters(chars, start, length);
        }
    }

    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
        switch (name) {
            case "testcase" -> endCase();
            case "testsuite", "testsuites" -> endSuite();
            default -> {
                if (current != null) {
                    current.end(name);
                }
            }
        }
    }

    private void endCase() {
        JUnitCase test = current;
        if (test == null) {
            return;
        }
        current = null;
        TestResult result = test.result();
        anyPassed |= result.status() == Status.PASSED;
        if (!suites.isEmpty()) {
            suites.peek().show(result, test.excused());
        }
        if (inGo) {
            ofGo.add(result);
            if (ofGo.size() > ResultSet.MOST) {
                ofGo.addTo(results); // which are too many
            }
        } else {
            results.add(result);
        }
    }

    private void endSuite() {
        SuiteCounts suite = suites.poll();
        if (suite == null) {
            return;
        }
        ofGo.addTo(results);
        inGo = false;
        if (suite.failsWithoutACase()) {
            results.add(Untrusted.line(suite.name.isEmpty() ? "testsuite" : suite.name, MOST_ID_CHARS), Status.FAILED, Duration.ZERO,
                    "The suite failed outside its test cases");
        }
        suite.attempts().forEach(results::repeated);
        anySuiteStandsForTests |= suite.standsForTests();
        if (contradiction.isEmpty()) {
            contradiction = suite.contradiction().orElse("");
        }
        if (!suites.isEmpty()) {
            suites.peek().show(suite);
        }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e; // the inherited one may be changed by an implementation to print
    }

    private String id(Attributes attributes) {
        String name = value(attributes, "name");
        String owner = value(attributes, "classname");
        if (owner.isEmpty() && !suites.isEmpty()) {
            owner = suites.peek().name;
        }
        String id = owner.isEmpty() ? name : name.isEmpty() ? owner : owner + "#" + name;
        return id.isEmpty() ? "unnamed" : Untrusted.line(id, MOST_ID_CHARS);
    }
}
