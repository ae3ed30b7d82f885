package dev.autosync.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long the pieces are into which a {@link RollupQuery} cuts time. They begin at whole hours and midnights of UTC.
 *
 * @since 0.1.0
 */
public enum Resolution {
    /** One hour. */
    HOUR(ChronoUnit.HOURS),

    /** One day of 24 hours. */
    DAY(ChronoUnit.DAYS);

    private final ChronoUnit unit;

    Resolution(ChronoUnit unit) {
        this.unit = unit;
    }

    /**
     * The beginning of the piece that a time lies in.
     *
     * @param time any time, also before 1970
     * @return at or before {@code time}
     */
    public Instant startOf(Instant time) {
        return time.truncatedTo(unit);
    }
}
