package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.lock.FencingToken;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventQueryTest {
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final StoredEvent FIFTH = new StoredEvent(5, new FencingToken(1), Event.of("c", "patch", "p", AT, Map.of(), "{}"));

    @Test
    void asksForEverythingUnlessNarrowed() {
        EventQuery all = EventQuery.all();

        assertThat(all.matches(FIFTH)).isTrue();
        assertThat(all.cycle()).isEmpty();
        assertThat(all.kind()).isEmpty();
        assertThat(all.subject()).isEmpty();
        assertThat(all.since()).isEmpty();
        assertThat(all.until()).isEmpty();
        assertThat(all.afterSequence()).isZero();
        assertThat(all.limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void matchesWhereEveryPartDoes() {
        EventQuery query = EventQuery.all().cycle("c").kind("patch").subject("p").since(AT).after(4);

        assertThat(query.matches(FIFTH)).isTrue();
        assertThat(query.cycle("d").matches(FIFTH)).isFalse();
        assertThat(query.kind("kpi").matches(FIFTH)).isFalse();
        assertThat(query.subject("q").matches(FIFTH)).isFalse();
        assertThat(query.since(AT.plusNanos(1)).matches(FIFTH)).isFalse();
        assertThat(query.after(5).matches(FIFTH)).as("after means strictly after").isFalse();
        assertThat(query.until(AT).matches(FIFTH)).as("until means strictly before").isFalse();
        assertThat(query.until(AT.plusNanos(1)).matches(FIFTH)).isTrue();
        assertThat(query.until(AT).until()).hasValue(AT);
    }

    @Test
    void isNeverChanged() {
        EventQuery query = EventQuery.all().kind("patch");
        query.kind("kpi").limit(1);

        assertThat(query.kind()).contains("patch");
        assertThat(query.limit()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> EventQuery.all().after(-1)).withMessageContaining("sequence");
        assertThatIllegalArgumentException().isThrownBy(() -> EventQuery.all().limit(0)).withMessageContaining("limit");
    }
}
