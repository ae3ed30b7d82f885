package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plots over cycles: how often they succeed, how long they take, how many culprits they find; and the tests that are flaky. */
final class PlotSection implements HtmlSection {
    static final String SUCCESS = "success";
    static final String CYCLE_SECONDS = "cycle-seconds";
    static final String TEST_SECONDS = "test-seconds";
    static final String CULPRITS = "culprits";

    private static final int WINDOW = 20;
    private static final int LEAST_CYCLES = 5;
    /** More dots on a line would hide it. */
    private static final int MOST_DOTS = 60;
    private static final int TICKS = 5;
    private static final int MOST_FLAKY = 10;

    @Override
    public String id() {
        return "plots";
    }

    @Override
    public String heading() {
        return "Over time";
    }

    @Override
    public int count(SyncReport report) {
        return 0;
    }

    @Override
    public void write(SyncReport report, Html html) {
        html.open("div", "class", "plots");
        success(report, html);
        durations(report, html);
        culprits(report, html);
        flaky(report, html);
        html.close();
    }

    private static void success(SyncReport report, Html html) {
        begin(html, "Success rate", "Each dot is a cycle, green above and not green below; the line is the share of green ones among the last "
                + WINDOW + ".");
        Optional<Series> found = series(report, SUCCESS);
        if (found.isEmpty()) {
            none(html, "No cycle is recorded yet.");
            return;
        }
        List<Series.Point> points = found.get().points();
        List<Series.Point> shares = movingShares(points);
        String latest = shares.isEmpty() ? "Too few cycles for a share."
                : "Latest share " + Labels.percent(shares.get(shares.size() - 1).value()) + ".";
        List<Mark> dots = Thinned.marks(points, point -> point.cycle() + ": " + (point.value() > 0 ? "green" : "not green"));
        new SvgPlot("plot-success", "Success rate over " + Labels.count(points.size(), "cycle"),
                latest, Scale.of(0, 1, TICKS), TimeAxis.ofBars(points), Labels::percent)
                .dots(mark -> mark.value() > 0 ? "dot green faint" : "dot red hollow", dots)
                .line("blue", Thinned.marks(shares, point -> ""))
                .write(html);
        html.close();
    }

    /** For each cycle the share of green ones among it and those before it, as soon as there are enough to speak of a share. */
    private static List<Series.Point> movingShares(List<Series.Point> points) {
        List<Series.Point> shares = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            Series.Point point = points.get(i);
            sum += point.value() - (i >= WINDOW ? points.get(i - WINDOW).value() : 0);
            if (i + 1 >= LEAST_CYCLES) {
                shares.add(Series.Point.of(point.position(), point.cycle(), point.sequence(), point.at(), sum / Math.min(i + 1, WINDOW)));
            }
        }
        return shares;
    }

    private static void durations(SyncReport report, Html html) {
        begin(html, "Duration", "How long a cycle takes, and its tests alone.");
        List<Series> lines = Stream.of(CYCLE_SECONDS, TEST_SECONDS).flatMap(name -> series(report, name).stream()).toList();
        if (lines.isEmpty()) {
            none(html, "No duration is recorded yet.");
            return;
        }
        double greatest = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Series.Point::value).max().orElse(0);
        Units units = Units.of("s", greatest);
        Scale scale = Scale.of(0, units.of(greatest), TICKS);
        List<Series.Point> longest = lines.stream().map(Series::points).reduce((a, b) -> a.size() >= b.size() ? a : b).orElseThrow();
        SvgPlot plot = new SvgPlot("plot-duration", "Duration over " + Labels.count(longest.size(), "cycle"),
                String.join(" ", lines.stream().map(line -> Labels.series(line.name()) + ": " + Sparkline.description(line)).toList()),
                scale, TimeAxis.ofLines(longest), tick -> scale.label(tick) + " " + units.name());
        html.open("ul", "class", "legend");
        for (Series line : lines) {
            String style = line.name().equals(CYCLE_SECONDS) ? "blue" : "violet dashed";
            List<Mark> marks = Thinned.marks(line.points(), point -> point.cycle() + ": " + units.label(point.value())).stream()
                    .map(mark -> new Mark(mark.position(), mark.slot(), units.of(mark.value()), mark.told())).toList();
            plot.line(style, marks);
            if (marks.size() <= MOST_DOTS) {
                plot.dots(mark -> "dot " + style, marks);
            }
            html.open("li").open("svg", "class", "key", "aria-hidden", "true", "width", "24", "height", "8")
                    .empty("line", "class", "line " + style, "x1", "1", "x2", "23", "y1", "4", "y2", "4").close()
                    .text(Labels.series(line.name())).close();
        }
        html.close();
        plot.write(html);
        html.close();
    }

    private static void culprits(SyncReport report, Html html) {
        begin(html, "Culprits", "How many patches of a cycle made tests fail and were taken out.");
        Optional<Series> found = series(report, CULPRITS);
        if (found.isEmpty()) {
            none(html, "No batch is recorded yet.");
            return;
        }
        List<Series.Point> points = found.get().points();
        Scale scale = Scale.ofCounts(points.stream().mapToDouble(Series.Point::value).max().orElse(0), TICKS);
        new SvgPlot("plot-culprits", "Culprits over " + Labels.count(points.size(), "cycle"), Sparkline.description(found.get()), scale,
                TimeAxis.ofBars(points), scale::label)
                .bars("red", Thinned.marks(points, point -> point.cycle() + ": " + Labels.number(point.value())))
                .write(html);
        html.close();
    }

    private static void flaky(SyncReport report, Html html) {
        begin(html, "Flaky tests", "Tests that both failed and passed on the same content, and how often they fail there.");
        List<FlakyTest> tests = report.trends().flakyTests();
        if (tests.isEmpty()) {
            none(html, "No test has contradicted itself.");
            return;
        }
        html.open("ol", "class", "ranking");
        tests.stream().limit(MOST_FLAKY).forEach(test -> {
            String share = Labels.percent(test.failureRate01());
            html.open("li").element("code", test.id());
            html.open("svg", "role", "img", "width", "100%", "height", "8").element("title", "Fails in " + share)
                    .empty("rect", "class", "track", "width", "100%", "height", "8", "rx", "4")
                    .empty("rect", "class", "bar amber", "width", SvgPlot.percent(test.failureRate01()), "height", "8", "rx", "4").close();
            html.element("span", test.failures() + " of " + test.runs() + " runs, about " + share, "class", "note").close();
        });
        html.close();
        if (tests.size() > MOST_FLAKY) {
            html.element("p", Labels.more(tests.size() - MOST_FLAKY) + ".", "class", "more");
        }
        html.close();
    }

    private static Optional<Series> series(SyncReport report, String name) {
        return report.trends().trend(name).map(Trend::series).filter(series -> !series.points().isEmpty());
    }

    private static void begin(Html html, String title, String explanation) {
        html.open("figure", "class", "card").open("figcaption").element("h3", title).element("p", explanation, "class", "note").close();
    }

    private static void none(Html html, String sentence) {
        html.element("p", sentence, "class", "empty").close();
    }
}
