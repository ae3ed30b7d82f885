package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final Retention RETENTION = Retention.dropping(Instant.parse("2026-11-23T12:34:56Z"), Set.of("phase", "test-run"));

    @Test
    void endsAtTheMidnightBefore() {
        assertThat(RETENTION.before()).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(RETENTION).asString().contains("phase", "test-run", "2026-11-23T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "phase, 2026-11-22T23:59:59.999Z, true",
        "test-run, 1969-11-22T00:00:00Z, true",
        "phase, 2026-11-23T00:00:00Z, false",
        "kpi, 2026-11-22T23:59:59.999Z, false",
        "Phase, 2026-11-22T23:59:59.999Z, false",
    })
    void dropsEventsOfItsKindsFromBeforeThat(String kind, Instant at, boolean dropped) {
        assertThat(RETENTION.drops(Event.of("c", kind, "s", at, Map.of(), "{}"))).isEqualTo(dropped);
    }

    @Test
    void dropsNothingWithoutKinds() {
        assertThat(Retention.dropping(Instant.MAX, Set.of()).drops(Event.of("c", "phase", "s", Instant.EPOCH, Map.of(), "{}"))).isFalse();
    }

    @Test
    void namesNoKindThatIsNone() {
        assertThatNullPointerException().isThrownBy(() -> Retention.dropping(Instant.EPOCH, Collections.singleton(null))).withMessage("kind");
    }

    @Test
    void aCheckIsSoundIfItFoundNoProblem() {
        List<String> problems = new ArrayList<>();
        StoreCheck sound = new StoreCheck(3, problems);
        problems.add("line 2 is damaged");

        assertThat(sound.sound()).isTrue();
        assertThat(new StoreCheck(3, problems).sound()).isFalse();
    }

    @Test
    void aHistoryFromWhichNothingWasRemovedIsNoCompactedOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CompactedHistory(0, Collections.emptyIterator(), List.of()))
                .withMessage("upTo must be 1 or more, was 0");
    }
}
