package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestResult;
import java.math.BigDecimal;
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
    private static final int MOST_MESSAGE_CHARS = 2_000;
    private static final int MOST_SUITES_DEEP = 100;
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

    private final ResultSet results;
    private final Deque<SuiteCounts> suites = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private boolean report;
    private boolean rootSeen;
    private @Nullable Case current;
    private boolean inMessage;
    private boolean anyPassed;
    private boolean anySuiteStandsForTests;
    private boolean countsMeanSomethingElse;
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
        if (!contradiction.isEmpty() && !countsMeanSomethingElse) {
            return Optional.of(contradiction);
        }
        return anyPassed && !anySuiteStandsForTests ? Optional.of("its suites count no test, and show some that passed") : Optional.empty();
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
            }
            case "property" -> results.seed(value(attributes, "name"), value(attributes, "value"));
            case "testcase" -> {
                endCase(); // one in another: what the outer one has said must not be lost
                current = new Case(id(attributes), seconds(attributes.getValue("time")));
                if (value(attributes, "status").equals("notrun")) {
                    current.status = Status.SKIPPED; // GoogleTest, of a disabled test
                }
            }
            case "failure", "error" -> judge(Status.FAILED, attributes);
            case "skipped" -> judge(Status.SKIPPED, attributes);
            case "flakyFailure", "flakyError" -> {
                if (current != null) {
                    current.repeats++;
                    if (current.status == Status.PASSED && current.message.isEmpty()) {
                        current.message = "passed when repeated; before: ";
                        remember(attributes);
                    }
                }
            }
            case "rerunFailure", "rerunError" -> {
                if (current != null) {
                    current.repeats++;
                    current.rerunFailed = true;
                }
            }
            default -> { }
        }
    }

    private void judge(Status status, Attributes attributes) {
        if (current == null) {
            if (status == Status.FAILED && !suites.isEmpty()) {
                suites.peek().failByItself();
            }
        } else if (current.status != Status.FAILED) {
            current.status = status;
            current.message = "";
            remember(attributes);
        }
    }

    private void remember(Attributes attributes) {
        Case test = current;
        if (test != null) {
            String type = value(attributes, "type");
            String message = value(attributes, "message");
            test.message += message.isEmpty() ? type : type.isEmpty() || message.startsWith(type) ? message : type + ": " + message;
            text.setLength(0);
            inMessage = message.isEmpty();
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) {
        if (inMessage) {
            text.append(chars, start, Math.min(length, MOST_MESSAGE_CHARS - text.length()));
        }
    }

    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
        switch (name) {
            case "failure", "error", "skipped", "flakyFailure", "flakyError" -> {
                if (inMessage && current != null) {
                    String said = text.toString().strip();
                    // A stack trace begins with the type.
                    current.message = said.startsWith(current.message) ? said : current.message + (said.isEmpty() ? "" : ": " + said);
                }
                inMessage = false;
            }
            case "testcase" -> endCase();
            case "testsuite", "testsuites" -> endSuite();
            default -> { }
        }
    }

    private void endCase() {
        Case test = current;
        if (test == null) {
            return;
        }
        current = null;
        if (test.rerunFailed && test.status == Status.PASSED) { // stands beside a failure, which has said it all
            test.status = Status.FAILED;
            test.message = "failed when repeated";
        }
        anyPassed |= test.status == Status.PASSED;
        if (!suites.isEmpty()) {
            suites.peek().show(test.id, test.status == Status.FAILED, test.status == Status.SKIPPED, test.repeats);
        }
        results.add(TestResult.of(test.id, test.status, test.duration, Untrusted.line(test.message, MOST_MESSAGE_CHARS))
                .withAttempts(1 + test.repeats));
    }

    private void endSuite() {
        SuiteCounts suite = suites.poll();
        if (suite == null) {
            return;
        }
        if (suite.failsWithoutACase()) {
            results.add(Untrusted.line(suite.name.isEmpty() ? "testsuite" : suite.name, MOST_ID_CHARS), Status.FAILED, Duration.ZERO,
                    "The suite failed outside its test cases");
        }
        suite.attempts().forEach(results::repeated);
        anySuiteStandsForTests |= suite.standsForTests();
        countsMeanSomethingElse |= suite.isOfMocha();
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

    private static String value(Attributes attributes, String name) {
        String value = attributes.getValue(name);
        return value == null ? "" : value;
    }

    private static Duration seconds(@Nullable String text) {
        if (text == null || text.length() > 30) {
            return Duration.ZERO;
        }
        int point = text.indexOf('.');
        if (point > 0 && point < 9 && text.length() - point <= 10) {
            long nanos = plainSeconds(text, point);
            if (nanos >= 0) {
                return Duration.ofNanos(nanos);
            }
        }
        try {
            BigDecimal seconds = new BigDecimal(text.replace(",", "")); // some write 1,234.5
            return seconds.signum() <= 0 || seconds.compareTo(LONGEST_SECONDS) > 0 ? Duration.ZERO
                    : Duration.ofNanos(seconds.movePointRight(9).longValue());
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** What nearly all say, such as {@code 1.234}, in nanoseconds; -1 if it is anything else. */
    private static long plainSeconds(String text, int point) {
        long digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != point) {
                if (c < '0' || c > '9') {
                    return -1;
                }
                digits = digits * 10 + c - '0';
            }
        }
        for (int decimals = text.length() - 1 - point; decimals < 9; decimals++) {
            digits *= 10;
        }
        return digits;
    }

    private static final class Case {
        private final String id;
        private final Duration duration;
        private Status status = Status.PASSED;
        private String message = "";
        private int repeats;
        private boolean rerunFailed;

        private Case(String id, Duration duration) {
            this.id = id;
            this.duration = duration;
        }
    }
}
