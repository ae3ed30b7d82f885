package dev.autosync.testkit;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Contexts of every kind that no rule may stumble over: empty, short, broken, hostile. */
final class SampleContexts {
    private static final List<String> KINDS = List.of("test-run", "patch", "landed", "phase", "kpi", "cycle", "recovery", "pull", "alert",
            "lesson", "feedback", "publish", "ci-run", "of-another-version");
    private static final List<String> PAYLOADS = List.of("", "no json", "[]", "null", "\"text\"", "{}",
            "{\"before\":1,\"after\":[],\"warnings\":{}}",
            "{\"verdict\":{},\"content\":false,\"failures\":\"x\",\"outcome\":[],\"checksum\":null,\"code\":7}",
            "{\"failures\":[1,null,{}],\"patches\":[[]],\"a\":1,\"a\":2}");

    private SampleContexts() {}

    static List<ImprovementContext> all() {
        List<ImprovementContext> contexts = new ArrayList<>();
        contexts.add(SampleContext.of(List.of()));
        contexts.add(SampleContext.of(List.of()).store("", Long.MAX_VALUE));
        contexts.add(new SampleHistory().cycle().context().store("sqlite", 1));
        contexts.add(new SampleHistory().cycle("failed", cycle -> { }).context());
        contexts.add(broken());
        for (String text : SampleReports.hostileTexts()) {
            contexts.add(hostile(text));
        }
        return contexts;
    }

    /** Every kind of event with every kind of payload that it never has. */
    private static ImprovementContext broken() {
        SampleHistory history = new SampleHistory();
        for (String payload : PAYLOADS) {
            history.cycle("green", cycle -> KINDS.forEach(kind -> cycle.event(kind, "", Map.of(), payload)));
            history.cycle("", cycle -> KINDS.forEach(kind -> cycle.event(kind, "baseline",
                    Map.of("seconds", -1.0, "value", Double.MAX_VALUE, "target", -Double.MAX_VALUE), payload)));
        }
        return history.context();
    }

    /** Every trouble at once, all of it about a hostile text. */
    private static ImprovementContext hostile(String text) {
        SampleHistory history = new SampleHistory();
        Kpi kpi = Kpi.of(text, 1).target(2, Kpi.Direction.UP).unit(text);
        for (int i = 0; i < 10; i++) {
            int number = i;
            history.cycle(i % 2 == 0 ? "green" : "red", cycle -> cycle.content("found-" + number, "left-" + number)
                    .number("seconds", 1000).number("lockWaitSeconds", 900).testRun("baseline", 990, number % 3 == 0 ? "" : text, text)
                    .patch("blamed-" + number + text, "blamed", text).patch("stale-" + number + text, "conflicted")
                    .patch(text, text).phase(text, 1).phase("record", 100.0 * number).kpi(kpi));
            history.cycle("failed", cycle -> cycle.code(text));
        }
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            points.add(Series.Point.of(i, text, i + 1, Instant.EPOCH, Double.MAX_VALUE / (10 - i)));
        }
        return history.context().store("json", Long.MAX_VALUE).trends(SampleTrends
                .of(trend("kpi:" + text, points), trend("failures:" + text, points), trend("test-seconds", points), trend(text, List.of()))
                .flaky(FlakyTest.of(text, 1000, 500, List.of(1L, 2L, 3L))).kpis(kpi));
    }

    private static Trend trend(String name, List<Series.Point> points) {
        return Trend.of(Series.of(name, "", Kpi.Direction.DOWN, points), Trend.Movement.RISING, 1, 0, 1, 0, 2);
    }
}
