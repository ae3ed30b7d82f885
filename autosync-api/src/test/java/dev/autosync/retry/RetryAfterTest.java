package dev.autosync.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 10.2.3 and 5.6.7. */
class RetryAfterTest {
    private static final Instant NOW = Instant.ofEpochSecond(784111770);

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse("120", null, NOW)).contains(Duration.ofSeconds(120));
        assertThat(RetryAfter.parse(" 0 ", null, NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("99999999999999999999", null, NOW)).contains(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(RetryAfter.parse("0000000000000000000000007", null, NOW)).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void readsTheThreeFormsOfADate(String date) {
        assertThat(HttpDate.parse(date, NOW)).isEqualTo(Instant.ofEpochSecond(784111777));
        assertThat(RetryAfter.parse(date, null, NOW)).contains(Duration.ofSeconds(7));
    }

    @Test
    void countsFromTheAnswersOwnDate() {
        assertThat(RetryAfter.parse("Fri, 31 Dec 1999 23:59:59 GMT", "Fri, 31 Dec 1999 23:59:29 GMT", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:49:37 GMT", "nonsense", NOW)).contains(Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitForADateThatHasPassed() {
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:49:00 GMT", null, NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "-5", "1.5", "abc", "1e3", "\u0661", "Sun, 06 Nov 1994", "Mon, 06 Nov 1994 08:49:37 GMT"})
    void ignoresWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, null, NOW)).isEmpty();
    }

    @Test
    void takesAYearOfTwoDigitsForTheNearestThatIsNotFarAhead() {
        assertThat(HttpDate.parse("Sunday, 06-Nov-44 08:49:37 GMT", NOW)).isEqualTo(Instant.parse("2044-11-06T08:49:37Z"));
    }
}
