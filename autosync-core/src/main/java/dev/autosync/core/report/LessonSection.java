package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What could be better, what was done about it, and whether it helped. */
final class LessonSection implements HtmlSection {
    private static final int MOST = 20;
    private static final int MOST_EVIDENCE = 5;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    @Override
    public String id() {
        return "lessons";
    }

    @Override
    public String heading() {
        return "Suggestions and lessons";
    }

    @Override
    public int count(SyncReport report) {
        return report.lessons().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        if (report.lessons().isEmpty()) {
            html.element("p", "There is nothing to suggest.", "class", "empty");
            return;
        }
        group(html, "Open", "Nothing is open.", report.lessons(), lesson -> lesson.state() == Lesson.State.OPEN);
        group(html, "Adopted", "", report.lessons(), lesson -> lesson.state() == Lesson.State.ADOPTED);
        group(html, "Done with", "", report.lessons(), lesson -> lesson.state() != Lesson.State.OPEN && lesson.state() != Lesson.State.ADOPTED);
    }

    private static void group(Html html, String heading, String none, List<Lesson> all, Predicate<Lesson> belongs) {
        List<Lesson> lessons = all.stream().filter(belongs).toList();
        if (lessons.isEmpty()) {
            if (!none.isEmpty()) {
                html.element("p", none, "class", "empty");
            }
            return;
        }
        html.open("h3", "class", "group").text(heading).element("span", Integer.toString(lessons.size()), "class", "count").close();
        html.open("ul", "class", "stack");
        lessons.stream().limit(MOST).forEach(lesson -> lesson(html, lesson));
        html.close();
        if (lessons.size() > MOST) {
            html.element("p", Labels.more(lessons.size() - MOST) + ".", "class", "more");
        }
    }

    private static void lesson(Html html, Lesson lesson) {
        Suggestion suggestion = lesson.suggestion();
        html.open("li", "class", "card lesson");
        html.open("div", "class", "row").element("h4", suggestion.problem());
        Tone.of(lesson.state()).badge(html, Labels.word(lesson.state()));
        html.close();
        html.element("p", suggestion.solution());
        lesson.feedback().ifPresent(feedback -> {
            html.open("p", "class", "feedback");
            Tone.of(feedback.verdict()).badge(html, Labels.word(feedback.verdict()));
            html.text(Labels.figures(feedback) + ". An association, not a proof of cause.").close();
        });
        score(html, suggestion.score(), lesson.points());
        evidence(html, suggestion.evidence());
        html.open("p", "class", "note").element("code", suggestion.key()).text(", " + Labels.word(lesson.state()) + " since "
                + DAY.format(lesson.since()) + ", cycle ").element("code", lesson.cycle());
        suggestion.watches().ifPresent(series -> html.text(", watches ").element("code", series));
        html.close().close();
    }

    private static void score(Html html, ImpactScore score, double points) {
        html.open("dl", "class", "score");
        figure(html, "Points", Labels.number(Math.round(points)), "points");
        meter(html, "Impact", score.impact());
        meter(html, "Effort", score.effort());
        meter(html, "Risk", score.risk());
        meter(html, "Confidence", score.confidence());
        html.close();
    }

    private static void figure(Html html, String name, String value, String style) {
        html.open("div", "class", style).element("dt", name).element("dd", value).close();
    }

    private static void meter(Html html, String name, int value) {
        html.open("div").element("dt", name).open("dd").open("svg", "class", "meter", "aria-hidden", "true", "width", "54", "height", "8");
        for (int i = 0; i < 5; i++) {
            html.empty("rect", "class", i < value ? "bar blue" : "track", "x", Integer.toString(11 * i), "width", "9", "height", "8", "rx", "2");
        }
        html.close().text(value + " of 5").close().close();
    }

    private static void evidence(Html html, List<Evidence> evidence) {
        html.open("ul", "class", "evidence");
        evidence.stream().limit(MOST_EVIDENCE).forEach(one -> {
            html.open("li").text(one.text());
            if (!one.events().isEmpty()) {
                html.element("span", " (" + Labels.events(one.events()) + ")", "class", "note");
            }
            html.close();
        });
        if (evidence.size() > MOST_EVIDENCE) {
            html.element("li", Labels.more(evidence.size() - MOST_EVIDENCE), "class", "note");
        }
        html.close();
    }
}
