package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.xml.sax.Attributes;

/**
 * A case of a JUnit XML report, as its attributes and then its elements judge it.
 *
 * <p>Threads: for the thread that parses.
 */
final class JUnitCase {
    private static final int MOST_MESSAGE_CHARS = 2_000;
    /*
     * What some say in an attribute alone: CTest of a disabled test, GoogleTest of one whose name says so. Where an element says something else
     * the worse of the two holds.
     */
    private static final Set<String> FAILED = Set.of("failed", "fail", "failure", "error", "errored", "broken", "crashed", "timeout", "timedout");
    private static final Set<String> SKIPPED = Set.of("notrun", "suppressed", "disabled", "skipped", "skip", "ignored", "pending");
    /* PHPUnit reports a test without assertions as an error, and does not take it for one. */
    private static final String RISKY = "PHPUnit\\Framework\\RiskyTestError";

    private final String id;
    private final Duration duration;
    private final StringBuilder text = new StringBuilder();
    private Status status = Status.PASSED;
    private String message = "";
    private boolean inMessage;
    private boolean failedByElement;
    private boolean todo;
    private boolean excused;
    private int repeats;
    private boolean rerunFailed;

    JUnitCase(String id, Attributes attributes) {
        this.id = id;
        duration = Durations.ofSeconds(attributes.getValue("time"));
        Set<String> said = Set.copyOf(Stream.of("status", "result").map(name -> value(attributes, name).toLowerCase(Locale.ROOT)).distinct().toList());
        if (said.stream().anyMatch(FAILED::contains) || value(attributes, "success").equalsIgnoreCase("false")) {
            status = Status.FAILED;
            message = "its attributes say so";
        } else if (said.stream().anyMatch(SKIPPED::contains)) {
            status = Status.SKIPPED;
        }
    }

    /** Takes the beginning of an element in the case. */
    void begin(String element, Attributes attributes) {
        switch (element) {
            case "failure", "error" -> fail(attributes);
            case "skipped" -> {
                todo |= value(attributes, "type").equals("todo"); // of Node's runner: such a test may fail
                judge(Status.SKIPPED, attributes);
            }
            case "flakyFailure", "flakyError" -> {
                repeats++;
                if (status == Status.PASSED && message.isEmpty()) {
                    message = "passed when repeated; before: ";
                    remember(attributes);
                }
            }
            case "rerunFailure", "rerunError" -> {
                repeats++;
                rerunFailed = true;
            }
            default -> { }
        }
    }

    private void fail(Attributes attributes) {
        boolean excuse = status != Status.FAILED && (todo || value(attributes, "type").equals(RISKY));
        excused |= excuse;
        judge(excuse ? Status.SKIPPED : Status.FAILED, attributes);
    }

    private void judge(Status to, Attributes attributes) {
        if (failedByElement || status == Status.FAILED && to != Status.FAILED) {
            return;
        }
        status = to;
        failedByElement = to == Status.FAILED;
        message = excused ? "allowed to fail: " : "";
        remember(attributes);
    }

    private void remember(Attributes attributes) {
        String type = value(attributes, "type");
        String about = value(attributes, "message");
        message += about.isEmpty() ? type : type.isEmpty() || about.startsWith(type) ? about : type + ": " + about;
        text.setLength(0);
        inMessage = about.isEmpty();
    }

    /** Takes text; what belongs to no message is left out. */
    void characters(char[] chars, int start, int length) {
        if (inMessage) {
            text.append(chars, start, Math.min(length, MOST_MESSAGE_CHARS - text.length()));
        }
    }

    /** Takes the end of an element in the case. */
    void end(String element) {
        switch (element) {
            case "failure", "error", "skipped", "flakyFailure", "flakyError" -> {
                if (inMessage) {
                    String said = text.toString().strip();
                    // A stack trace begins with the type.
                    message = said.startsWith(message) ? said : message + (said.isEmpty() ? "" : ": " + said);
                }
                inMessage = false;
            }
            default -> { }
        }
    }

    /** What the case says when it has ended. */
    TestResult result() {
        if (rerunFailed && status == Status.PASSED) { // stands beside a failure, which has said it all
            status = Status.FAILED;
            message = "failed when repeated";
        }
        return TestResult.of(id, status, duration, Untrusted.line(message, MOST_MESSAGE_CHARS)).withAttempts(1 + repeats);
    }

    /** Whether it holds a failure that its writer does not take for one, though it may count it. */
    boolean excused() {
        return excused;
    }

    static String value(Attributes attributes, String name) {
        String value = attributes.getValue(name);
        return value == null ? "" : value;
    }
}
