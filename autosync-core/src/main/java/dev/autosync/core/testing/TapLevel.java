package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A document of the Test Anything Protocol or a subtest of it: its plan and what its lines say.
 *
 * <p>Threads: for one thread.
 */
final class TapLevel {
    private static final int MOST_ID_CHARS = 1_000;
    private static final int MOST_MESSAGE_CHARS = 2_000;

    private final String path;
    private final boolean known;
    private final List<TestResult> results = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private int planned = -1;
    private int points;
    private boolean lastIsExplained = true;

    /**
     * @param path what the ids of its tests begin with
     * @param known whether the line that stands for it has come before it
     */
    TapLevel(String path, boolean known) {
        this.path = path.length() > MOST_ID_CHARS ? path.substring(0, MOST_ID_CHARS) : path;
        this.known = known;
    }

    String path() {
        return path;
    }

    boolean isKnown() {
        return known;
    }

    /** Notes a plan, which may stand before or behind the lines. */
    void plan(String count, String directive) throws BrokenReportException {
        if (planned >= 0) {
            throw new BrokenReportException("contradicts itself: it has two plans");
        }
        planned = number(count);
        if (planned == 0 && points == 0) {
            String reason = directive.toUpperCase(Locale.ROOT).startsWith("SKIP") ? directive.substring(4).strip() : directive;
            add(path.endsWith("#") ? path.substring(0, path.length() - 1) : path.replaceFirst(" > $", ""), Status.SKIPPED, reason);
        }
    }

    /**
     * Notes a line.
     *
     * @param inner the subtest that it stands for, null for none: then it says nothing of its own unless it failed
     */
    void add(TapPoint point, @Nullable TapLevel inner) throws BrokenReportException {
        points++;
        int number = point.number().isEmpty() ? points : number(point.number());
        if (numbers.get(number)) {
            throw new BrokenReportException("contradicts itself: test " + number + " comes twice");
        }
        numbers.set(number);
        boolean excused = !point.ok() && point.directive().equals("TODO");
        if (inner != null) {
            inner.results.forEach(result -> results.add(excused && result.status() == Status.FAILED
                    ? TestResult.of(result.id(), Status.SKIPPED, result.duration(), "todo: " + result.message()) : result));
        }
        lastIsExplained = true;
        if (inner != null && point.ok() || point.ok() && point.opensSubtest()) {
            return;
        }
        Status status = excused ? Status.SKIPPED : !point.ok() ? Status.FAILED : point.directive().equals("SKIP") ? Status.SKIPPED : Status.PASSED;
        lastIsExplained = false;
        add(path + (point.description().isEmpty() ? "test " + number : point.description()), status,
                (excused ? "todo: " : "") + point.reason());
    }

    private void add(String id, Status status, String message) throws BrokenReportException {
        if (results.size() == ResultSet.MOST) {
            throw new BrokenReportException("has more than " + ResultSet.MOST + " tests");
        }
        results.add(TestResult.of(Untrusted.line(id, MOST_ID_CHARS), status, Duration.ZERO, Untrusted.line(message, MOST_MESSAGE_CHARS)));
    }

    /** Adds to the last line what the block behind it says. */
    void explain(TapYaml yaml) {
        if (lastIsExplained) {
            return;
        }
        lastIsExplained = true;
        TestResult last = results.remove(results.size() - 1);
        String message = last.status() == Status.PASSED || yaml.text().isEmpty() ? last.message()
                : Untrusted.line(last.message().isEmpty() ? yaml.text() : last.message() + "\n" + yaml.text(), MOST_MESSAGE_CHARS);
        results.add(TestResult.of(last.id(), last.status(), yaml.duration(), message));
    }

    /** Adds the results of a subtest whose line has come before it. */
    void addAll(TapLevel inner) {
        results.addAll(inner.results);
        lastIsExplained = true;
    }

    /** @throws BrokenReportException if the plan is missing or does not agree with the lines */
    void end() throws BrokenReportException {
        String where = path.endsWith(" > ") ? "the subtest " + path.substring(path.indexOf('#') + 1, path.length() - 3) : "it";
        if (planned < 0) {
            throw new BrokenReportException("is not whole: " + where + " has no plan, such as 1.." + points);
        }
        if (planned != points || numbers.length() > planned + 1) {
            throw new BrokenReportException("contradicts itself: " + where + " plans " + planned + " tests and has " + points);
        }
    }

    List<TestResult> results() {
        return results;
    }

    private static int number(String digits) throws BrokenReportException {
        if (digits.length() > 6 || Integer.parseInt(digits) > ResultSet.MOST) {
            throw new BrokenReportException("has more than " + ResultSet.MOST + " tests");
        }
        return Integer.parseInt(digits);
    }
}
