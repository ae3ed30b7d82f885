package dev.autosync.core.testing;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the suites say about time. */
final class Durations {
    /** The limit on a whole run unless another is set. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

    private Durations() {}

    static Duration requirePositive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be more than zero, was " + timeout);
        }
        return timeout;
    }

    static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** A time as reports have it, in seconds, possibly with separators of thousands; zero for anything else. */
    static Duration ofSeconds(@Nullable String text) {
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
}
