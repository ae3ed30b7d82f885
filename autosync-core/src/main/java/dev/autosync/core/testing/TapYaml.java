package dev.autosync.core.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The block between {@code ---} and {@code ...} behind a test's line. It is shown, and its time taken; no YAML is parsed. */
final class TapYaml {
    private static final int MOST_CHARS = 2_000;
    private static final Pattern MILLIS = Pattern.compile("duration_ms:\\s*(\\d{1,12}(?:\\.\\d{1,12})?)");

    private final int indent;
    private final StringBuilder text = new StringBuilder();
    private Duration duration = Duration.ZERO;

    TapYaml(int indent) {
        this.indent = indent;
    }

    /** Takes a line of the block; false if it is the one that ends it. */
    boolean take(int lineIndent, String line) {
        if (line.equals("...") && lineIndent <= indent) {
            return false;
        }
        Matcher millis = MILLIS.matcher(line);
        if (millis.matches()) {
            duration = Duration.ofNanos(new BigDecimal(millis.group(1)).movePointRight(6).longValue());
        } else if (text.length() < MOST_CHARS && !line.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return true;
    }

    String text() {
        return text.toString();
    }

    Duration duration() {
        return duration;
    }
}
