package dev.autosync.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that knows when it is worth another attempt, because the other side has said so.
 *
 * <p>Implemented by exceptions; {@link RetryPolicy} asks every failure that implements it. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface RetryAfter {

    /**
     * How long to wait at least.
     *
     * @return 0 or more; empty if the other side has not said
     */
    Optional<Duration> retryAfter();

    /**
     * Reads the value of an HTTP header {@code Retry-After}: seconds, or a date in any of the three forms of HTTP.
     *
     * <p>Source: RFC 9110, sections 10.2.3 and 5.6.7. A date is taken relative to the answer's own {@code Date}, so that it does not matter
     * whether the two clocks agree.
     *
     * @param value the header's value, or null
     * @param date the value of the same answer's {@code Date}, or null if it has none
     * @param now the local time, used if there is no readable {@code Date}
     * @return 0 for a date that has passed; empty if the value is neither
     */
    static Optional<Duration> parse(@Nullable String value, @Nullable String date, Instant now) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        String text = value.strip();
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String digits = text.replaceFirst("^0+(?=.)", "");
            // More digits than a long holds are as good as for ever.
            return Optional.of(Duration.ofSeconds(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits)));
        }
        try {
            Instant then = HttpDate.parse(text, now);
            Instant answered = now;
            if (date != null) {
                try {
                    answered = HttpDate.parse(date.strip(), now);
                } catch (DateTimeException e) {
                    // Then by the local clock.
                }
            }
            Duration wait = Duration.between(answered, then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
