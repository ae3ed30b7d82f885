package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupQueryTest {

    @Test
    void countsAllEventsOfAKindByTheDayUnlessNarrowed() {
        RollupQuery query = RollupQuery.of("kpi");

        assertThat(query.kind()).isEqualTo("kpi");
        assertThat(query.subject()).isEmpty();
        assertThat(query.number()).isEmpty();
        assertThat(query.resolution()).isEqualTo(Resolution.DAY);
        assertThat(query.since()).isEmpty();
        assertThat(query.until()).isEmpty();
        assertThat(query.covers(Instant.MIN)).isTrue();
        assertThat(query.covers(Instant.MAX)).isTrue();
    }

    @Test
    void keepsWhatItWasTold() {
        Instant at = Instant.parse("2026-11-23T12:34:56Z");
        RollupQuery query = RollupQuery.of("kpi").since(at).until(at.plusSeconds(1)).per(Resolution.HOUR).number("value").subject("coverage");

        assertThat(query.subject()).hasValue("coverage");
        assertThat(query.number()).hasValue("value");
        assertThat(query.resolution()).isEqualTo(Resolution.HOUR);
        assertThat(query.since()).hasValue(at);
        assertThat(query.until()).hasValue(at.plusSeconds(1));
    }

    @Test
    void takesTextAsEventsDo() {
        assertThat(RollupQuery.of("a\0b").kind()).isEqualTo(Event.of("c", "a\0b", "s", Instant.EPOCH, Map.of(), "{}").kind());
    }

    @ParameterizedTest
    @CsvSource({
        "HOUR, 2026-11-23T12:34:56Z, 2026-11-23T14:00:00Z, 2026-11-23T11:00:00Z, false",
        "HOUR, 2026-11-23T12:34:56Z, 2026-11-23T14:00:00Z, 2026-11-23T12:00:00Z, true",
        "HOUR, 2026-11-23T12:34:56Z, 2026-11-23T14:00:00Z, 2026-11-23T13:00:00Z, true",
        "HOUR, 2026-11-23T12:34:56Z, 2026-11-23T14:00:00Z, 2026-11-23T14:00:00Z, false",
        "HOUR, 2026-11-23T12:34:56Z, 2026-11-23T14:00:00.001Z, 2026-11-23T14:00:00Z, true",
        "DAY, 1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z, 1969-12-31T00:00:00Z, true",
        "DAY, 1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z, false",
        "DAY, 1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z, 1969-12-30T00:00:00Z, false",
    })
    void coversFromTheHourOrDayOfItsBeginningToTheOneBeforeItsEnd(Resolution resolution, Instant since, Instant until, Instant start, boolean covered) {
        assertThat(RollupQuery.of("kpi").per(resolution).since(since).until(until).covers(start)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "HOUR, 1969-12-31T23:59:59.999999999Z, 1969-12-31T23:00:00Z",
        "DAY, 1969-12-31T23:59:59.999999999Z, 1969-12-31T00:00:00Z",
        "HOUR, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "DAY, 0001-01-01T23:00:00Z, 0001-01-01T00:00:00Z",
        "HOUR, 9999-12-31T23:59:59Z, 9999-12-31T23:00:00Z",
    })
    void cutsTimeAtWholeHoursAndMidnightsOfUtc(Resolution resolution, Instant time, Instant start) {
        assertThat(resolution.startOf(time)).isEqualTo(start);
    }
}
