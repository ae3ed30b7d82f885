package dev.autosync.retry;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** The three forms of a date in HTTP (RFC 9110, section 5.6.7). */
final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

    private HttpDate() {}

    /**
     * Reads a date.
     *
     * @param now to which century a year of two digits belongs: it means at most 50 years from now
     * @throws java.time.DateTimeException if it has none of the forms
     */
    static Instant parse(String text, Instant now) {
        return form(text, now).parse(text, LocalDateTime::from).toInstant(ZoneOffset.UTC);
    }

    private static DateTimeFormatter form(String text, Instant now) {
        int comma = text.indexOf(',');
        return comma < 0 ? ASCTIME : comma == 3 ? IMF_FIXDATE : rfc850(now);
    }

    private static DateTimeFormatter rfc850(Instant now) {
        int latest = now.atOffset(ZoneOffset.UTC).getYear() + 50;
        return new DateTimeFormatterBuilder().appendPattern("EEEE, dd-MMM-").appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
                .appendPattern(" HH:mm:ss 'GMT'").toFormatter(Locale.US);
    }
}
