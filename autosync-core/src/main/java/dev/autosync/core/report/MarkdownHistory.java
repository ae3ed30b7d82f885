package dev.autosync.core.report;

import static dev.autosync.core.report.MarkdownText.code;
import static dev.autosync.core.report.MarkdownText.row;
import static dev.autosync.core.report.MarkdownText.safe;

import dev.autosync.SyncReport;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.List;

/** What the history shows, in Markdown. Where there is nothing, nothing is said: the summary of a job is short. */
final class MarkdownHistory {
    private static final int MOST = 20;

    private MarkdownHistory() {}

    static void write(SyncReport report, StringBuilder text) {
        TrendReport trends = report.trends();
        trends.successRate01().ifPresent(rate -> text.append("\nSuccess rate: ").append(Labels.percent(rate)).append(" of the last ")
                .append(Labels.count(trends.cycles(), "cycle")).append(".\n"));
        alerts(trends, text);
        trends(Trends.worthTelling(trends), text);
        flaky(trends.flakyTests(), text);
        suggestions(report, text);
        feedback(Lessons.adopted(report), text);
    }

    private static void alerts(TrendReport trends, StringBuilder text) {
        if (!trends.alerts().isEmpty()) {
            text.append("\n## Alerts\n\n");
            trends.alerts().stream().limit(MOST).forEach(alert -> text.append("- ").append(safe(alert.message())).append('\n'));
            more(trends.alerts().size(), text);
        }
    }

    private static void trends(List<Trend> trends, StringBuilder text) {
        if (trends.isEmpty()) {
            return;
        }
        text.append("\n## Trends\n\n| Series | Movement | Slope | p | n |\n| --- | --- | ---: | ---: | ---: |\n");
        for (Trend trend : trends.subList(0, Math.min(MOST, trends.size()))) {
            boolean tested = trend.movement() != Trend.Movement.UNKNOWN;
            row(text, safe(Labels.series(trend.series().name())),
                    trend.worsening() ? "**" + Labels.movement(trend) + "**" : Labels.movement(trend), tested ? safe(Labels.slope(trend)) : "", tested ? safe(Labels.p(trend.pValue())) : "",
                    Integer.toString(trend.series().points().size()));
        }
        if (trends.size() > MOST) {
            text.append('\n').append(Labels.more(trends.size() - MOST)).append(".\n");
        }
    }

    private static void flaky(List<FlakyTest> tests, StringBuilder text) {
        if (!tests.isEmpty()) {
            text.append("\n## Flaky tests\n\n");
            tests.stream().limit(MOST).forEach(test -> text.append("- `").append(code(test.id())).append("` failed in ").append(test.failures())
                    .append(" of ").append(test.runs()).append(" runs on the same content\n"));
            more(tests.size(), text);
        }
    }

    private static void suggestions(SyncReport report, StringBuilder text) {
        List<Lesson> open = Lessons.open(report, Integer.MAX_VALUE);
        if (open.isEmpty()) {
            return;
        }
        text.append("\n## Suggestions\n\n| Problem | Solution | Points | Impact | Effort | Risk | Confidence |\n"
                + "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
        for (Lesson lesson : open.subList(0, Math.min(Lessons.FEW, open.size()))) {
            ImpactScore score = lesson.suggestion().score();
            row(text, safe(lesson.suggestion().problem()), safe(lesson.suggestion().solution()), Long.toString(Math.round(lesson.points())),
                    Integer.toString(score.impact()), Integer.toString(score.effort()), Integer.toString(score.risk()),
                    Integer.toString(score.confidence()));
        }
        if (open.size() > Lessons.FEW) {
            text.append('\n').append(Labels.more(open.size() - Lessons.FEW)).append(".\n");
        }
    }

    private static void feedback(List<Lesson> adopted, StringBuilder text) {
        if (!adopted.isEmpty()) {
            text.append("\n## Did it help?\n\n");
            adopted.stream().limit(MOST).forEach(lesson -> text.append("- ").append(safe(lesson.suggestion().solution())).append(": ")
                    .append(lesson.feedback().map(Labels::feedback).map(MarkdownText::safe).orElse("nothing is watched")).append('\n'));
            more(adopted.size(), text);
        }
    }

    private static void more(int count, StringBuilder text) {
        if (count > MOST) {
            text.append("- ").append(Labels.more(count - MOST)).append('\n');
        }
    }
}
