package dev.autosync.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EqualHoursTest {
    private static final Instant HOUR = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void areEqualIfAllFiguresAre() {
        assertThat(EqualHours.difference(List.of(), List.of())).isEmpty();
        assertThat(EqualHours.difference(List.of(hour(3, 6, -4, 8, 84)), List.of(hour(3, 6, -4, 8, 84)))).isEmpty();
    }

    @Test
    void differInWhatOneLacks() {
        assertThat(EqualHours.difference(List.of(hour(3, 6, -4, 8, 84)), List.of())).get().asString().startsWith("kpi n 2026-11-23T12:00:00Z count 3")
                .endsWith("in the source, nothing in the target");
        assertThat(EqualHours.difference(List.of(), List.of(hour(3, 6, -4, 8, 84)))).get().asString().startsWith("nothing in the source");
    }

    @Test
    void differInAnyFigure() {
        for (KindRollup other : List.of(hour(4, 6, -4, 8, 84), hour(3, 6.001, -4, 8, 84), hour(3, 6, -5, 8, 84), hour(3, 6, -4, 9, 84),
                hour(3, 6, -4, 8, 85), new KindRollup("kpi", Optional.empty(), hour(3, 6, -4, 8, 84).rollup()),
                new KindRollup("patch", Optional.of("n"), hour(3, 6, -4, 8, 84).rollup()))) {
            assertThat(EqualHours.difference(List.of(hour(3, 6, -4, 8, 84)), List.of(other))).as("%s", other).isPresent();
        }
    }

    @Test
    void mayHaveAddedUpInAnotherOrder() {
        double oneWay = 0.1 + 0.2 + 0.3;
        double theOther = 0.3 + 0.2 + 0.1;

        assertThat(oneWay).isNotEqualTo(theOther);
        assertThat(EqualHours.difference(List.of(hour(3, oneWay, 0.1, 0.3, 0.14)), List.of(hour(3, theOther, 0.1, 0.3, 0.14)))).isEmpty();
    }

    @Test
    void mayComeInAnotherOrder() {
        KindRollup one = hour(3, 6, -4, 8, 84);
        KindRollup counted = new KindRollup("kpi", Optional.empty(), one.rollup());
        KindRollup another = new KindRollup("\ud83d\ude80", Optional.empty(), one.rollup());

        assertThat(EqualHours.difference(List.of(counted, one, another), List.of(another, one, counted))).isEmpty();
    }

    @Test
    void mayBeInfiniteInOneAndNoNumberInTheOther() {
        double infinite = Double.POSITIVE_INFINITY;
        double max = Double.MAX_VALUE;

        assertThat(EqualHours.difference(List.of(hour(4, infinite, -max, max, infinite)), List.of(hour(4, Double.NaN, -max, max, infinite)))).isEmpty();
        assertThat(EqualHours.difference(List.of(hour(2, infinite, 1, 2, 5)), List.of(hour(2, 3, 1, 2, 5)))).isPresent();
    }

    private static KindRollup hour(long count, double sum, double min, double max, double sumOfSquares) {
        return new KindRollup("kpi", Optional.of("n"), Rollup.of(HOUR, count, sum, min, max, sumOfSquares));
    }
}
