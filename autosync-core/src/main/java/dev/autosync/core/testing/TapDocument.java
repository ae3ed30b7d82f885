package dev.autosync.core.testing;

import dev.autosync.testing.TestResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows a document of the Test Anything Protocol line by line. What is no line of it is left out, as the protocol has it.
 *
 * <p>Threads: for one thread.
 */
final class TapDocument {
    private static final int INDENT = 4;
    private static final int MOST_DEEP = 100;
    private static final Pattern VERSION = Pattern.compile("TAP version (\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d+)(?:\\s*#\\s*(.*))?");
    private static final Pattern SUBTEST = Pattern.compile("# Subtest(?::\\s*(.*))?");

    private final Deque<TapLevel> levels = new ArrayDeque<>(); // the innermost first
    private String nextName = "";
    private boolean nextIsKnown; // a subtest whose line has come before it
    private @Nullable TapYaml yaml;
    private int lines;
    private int points;

    /** @param file names the tests of this file apart from those of others */
    TapDocument(String file) {
        levels.push(new TapLevel(file + "#", false));
    }

    void line(String text) throws BrokenReportException {
        String line = text.strip();
        int indent = text.indexOf(line);
        if (lines++ == 0 && line.startsWith("\ufeff")) {
            line = line.substring(1);
        }
        if (yaml != null) {
            if (yaml.take(indent, line)) {
                return;
            }
            levels.element().explain(yaml);
            yaml = null;
            return;
        }
        int depth = indent / INDENT;
        if (line.equals("---")) {
            yaml = new TapYaml(indent);
        } else if (indent % INDENT == 0 && depth <= MOST_DEEP) {
            statement(depth, line);
        }
    }

    private void statement(int depth, String line) throws BrokenReportException {
        TapPoint point = TapPoint.parse(line);
        Matcher plan = PLAN.matcher(line);
        Matcher version = VERSION.matcher(line);
        Matcher subtest = SUBTEST.matcher(line);
        if (point != null) {
            TapLevel inner = moveTo(depth);
            if (++points > ResultSet.MOST) {
                throw new BrokenReportException("has more than " + ResultSet.MOST + " tests");
            }
            levels.element().add(point, inner);
            nextName = point.opensSubtest() ? point.description() : "";
            nextIsKnown = point.opensSubtest();
        } else if (plan.matches()) {
            endWithoutLine(moveTo(depth));
            levels.element().plan(plan.group(1), plan.group(2) == null ? "" : plan.group(2));
        } else if (line.equals("}") && levels.size() == depth + 2 && levels.element().isKnown()) {
            moveTo(depth);
        } else if (subtest.matches()) {
            if (levels.size() < depth + 1 && !nextName.isEmpty()) {
                moveTo(levels.size()); // inside of one that is named already, as Node writes; else it names what it is indented with
            }
            nextName = subtest.group(1) == null ? "" : subtest.group(1);
        } else if (line.regionMatches(true, 0, "Bail out!", 0, 9)) {
            throw new BrokenReportException("was given up: " + line);
        } else if (version.matches() && (version.group(1).length() > 2 || !List.of(12, 13, 14).contains(Integer.valueOf(version.group(1))))) {
            throw new BrokenReportException("is of TAP version " + version.group(1) + "; known are 12 to 14");
        }
    }

    /** Goes to a depth; returns the subtest that ends there, if its line is still to come. */
    private @Nullable TapLevel moveTo(int depth) throws BrokenReportException {
        TapLevel inner = null;
        while (levels.size() > depth + 1) {
            endWithoutLine(inner);
            inner = close();
        }
        while (levels.size() < depth + 1) {
            levels.push(new TapLevel(levels.element().path() + (nextName.isEmpty() ? "" : nextName + " > "), nextIsKnown));
            nextName = "";
            nextIsKnown = false;
        }
        return inner;
    }

    /** Keeps what a subtest has said that no line stands for. */
    private void endWithoutLine(@Nullable TapLevel inner) throws BrokenReportException {
        if (inner != null) {
            levels.element().addAll(inner);
            throw new BrokenReportException("contradicts itself: a subtest ends without a line that says how");
        }
    }

    private @Nullable TapLevel close() throws BrokenReportException {
        levels.element().end();
        TapLevel inner = levels.remove();
        if (inner.isKnown()) {
            levels.element().addAll(inner);
            return null;
        }
        return inner;
    }

    /** @throws BrokenReportException if the document is not whole */
    void end() throws BrokenReportException {
        if (yaml != null) {
            throw new BrokenReportException("is not whole: a block of YAML does not end");
        }
        endWithoutLine(moveTo(0));
        levels.element().end();
    }

    /** What has been said so far, whole or not. */
    List<TestResult> results() {
        List<TestResult> all = new ArrayList<>();
        for (Iterator<TapLevel> outerFirst = levels.descendingIterator(); outerFirst.hasNext(); ) {
            all.addAll(outerFirst.next().results());
        }
        return all;
    }
}
