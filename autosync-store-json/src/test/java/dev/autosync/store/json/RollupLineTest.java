package dev.autosync.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollupLineTest {
    private static final double HUGE = Double.POSITIVE_INFINITY;

    @Test
    void saysWhatTheSlowWaySaysOrNothing() {
        for (String kind : List.of("kind", "", "\u00e4\ud83d\ude00", "a \"quoted\" one", "back\\slash", "line\nend", "number\":\"x")) {
            for (String hour : List.of("2026-11-26T23:00:00Z", "1969-12-31T01:00:00Z", "0000-02-29T00:00:00Z", "9999-12-31T23:00:00Z", "-0001-01-01T05:00:00Z",
                    "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z")) {
                for (double sum : new double[] {0, -1.5, 1e-300, Double.MAX_VALUE, HUGE, -HUGE, Double.NaN}) {
                    Rollup named = Rollup.of(Instant.parse(hour), 3, sum, -0.1, 7, Math.abs(sum));
                    compare(new KindRollup(kind, Optional.of(kind), named));
                }
                compare(new KindRollup(kind, Optional.empty(), Rollup.of(Instant.parse(hour), Long.MAX_VALUE, 0, 0, 0, 0)));
            }
        }
    }

    private static void compare(KindRollup rollup) {
        byte[] line = line(Records.rollup(rollup).toString());
        KindRollup read = RollupLine.read(line, line.length);
        KindRollup slow = slow(line);
        assertThat(slow).isEqualTo(rollup);
        boolean usual = Double.isFinite(rollup.rollup().sum()) && !rollup.kind().matches("(?s).*[\"\\\\\n].*") && rollup.rollup().start().toString().length() == 20;
        assertThat(read).as(rollup.toString()).isEqualTo(usual ? rollup : null);
    }

    @Test
    void leavesAnyOtherFormToTheSlowWay() {
        String usual = ",\"kind\":\"k\",\"hour\":\"2026-11-26T23:00:00Z\",\"count\":3";
        assertThat(RollupLine.read(line(usual), line(usual).length)).isNotNull();
        for (String other : List.of(usual + ",\"later\":1", usual.replace(":3", ":\"3\""), usual.replace("kind", "sort"), usual.replace("23:00", "24:00"),
                usual.replace("11-26", "02-30"), usual.replace("-26", "/26"), usual.replace("23:00", "23:30"), usual.replace(",\"count\":3", ""),
                usual.replace(":3", ":0"), usual.replace(":3", ":"), usual + ",\"number\":\"n\"", "")) {
            byte[] line = line(other);
            assertThat(RollupLine.read(line, line.length)).as(other).isNull();
        }
    }

    private static KindRollup slow(byte[] line) {
        return Records.rollup(Fields.decode(line, line.length));
    }

    /** Without its line end. */
    private static byte[] line(String members) {
        byte[] line = Records.line(2, members);
        assertThat(Frame.of(line, line.length - 1).state()).isEqualTo(Frame.State.VALID);
        assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n");
        return Arrays.copyOf(line, line.length - 1);
    }
}
