package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.core.json.JsonOut;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;

/** Lessons, and what came of those that were adopted, as JSON. */
final class JsonLessons {
    static final String LESSONS = "lessons_learned.json";
    static final String FEEDBACK = "feedback_loop.json";

    private JsonLessons() {}

    static String lessons(SyncReport report) {
        return JsonOut.text(out -> out
                .number("version", 1)
                .text("cycle", report.cycle())
                .objects("lessons", report.lessons(), JsonLessons::lesson));
    }

    static String feedback(SyncReport report) {
        return JsonOut.text(out -> out
                .number("version", 1)
                .text("cycle", report.cycle())
                .objects("adopted", Lessons.adopted(report), JsonLessons::feedback));
    }

    static void lesson(JsonOut out, Lesson lesson) {
        Suggestion suggestion = lesson.suggestion();
        ImpactScore score = suggestion.score();
        out.text("key", suggestion.key())
                .text("problem", suggestion.problem())
                .text("solution", suggestion.solution())
                .number("impact", score.impact())
                .number("effort", score.effort())
                .number("risk", score.risk())
                .number("confidence", score.confidence())
                .number("points", lesson.points())
                .objects("evidence", suggestion.evidence(),
                        (one, evidence) -> one.text("text", evidence.text()).numbers("events", evidence.events()))
                .text("state", Labels.word(lesson.state()))
                .text("since", lesson.since().toString())
                .text("cycle", lesson.cycle());
        suggestion.watches().ifPresent(series -> out.text("watches", series));
    }

    /** What is not watched stays undecided, without any figure. */
    static void feedback(JsonOut out, Lesson lesson) {
        out.text("key", lesson.suggestion().key())
                .text("adoptedIn", lesson.cycle())
                .text("adoptedAt", lesson.since().toString())
                .text("verdict", Labels.word(lesson.feedback().map(Feedback::verdict).orElse(Feedback.Verdict.UNDECIDED)));
        lesson.feedback().ifPresent(feedback -> {
            out.text("series", feedback.series()).number("valuesBefore", feedback.valuesBefore());
            JsonHistory.finite(out, "medianBefore", feedback.medianBefore());
            out.number("valuesAfter", feedback.valuesAfter());
            JsonHistory.finite(out, "medianAfter", feedback.medianAfter());
            JsonHistory.finite(out, "pValue", feedback.pValue());
        });
    }
}
