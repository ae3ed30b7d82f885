package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Kpi;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleHistoryTest {

    @Test
    void numbersItsEventsWithoutGapAndEndsEachCycle() {
        List<StoredEvent> events = new SampleHistory().cycle().cycle("red", cycle -> cycle.testRun("baseline", 2, "c", "T#a")
                .kpi(Kpi.of("coverage", 80).target(90, Kpi.Direction.UP))).cycle("failed", cycle -> cycle.code("AS-1303")).events();
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), events.stream().map(StoredEvent::sequence).toList());
        assertEquals(List.of("cycle green", "test-run baseline", "kpi coverage", "cycle red", "cycle failed"),
                events.stream().map(event -> event.event().kind() + " " + event.event().subject()).toList());
        assertEquals(List.of("cycle-0001", "cycle-0002", "cycle-0002", "cycle-0002", "cycle-0003"),
                events.stream().map(event -> event.event().cycle()).toList());
    }

    @Test
    void writesWhatTheEngineWrites() {
        List<StoredEvent> events = new SampleHistory().cycle("red", cycle -> cycle.testRun("run-1", 2, "c", "T#\"a\"\n")
                .patch("p", "blamed", "T")).events();
        assertEquals("{\"verdict\":\"red\",\"reason\":\"\",\"content\":\"c\",\"patches\":[],\"failures\":[\"T#\\u0022a\\u0022\\u000a\"],"
                + "\"skipped\":[]}", events.get(0).event().payload());
        assertEquals("{\"outcome\":\"blamed\",\"reason\":\"\",\"format\":\"unified-diff\",\"checksum\":\"p\",\"runWithout\":0,"
                + "\"runWith\":1,\"failures\":[\"T\"]}", events.get(1).event().payload());
    }
}
