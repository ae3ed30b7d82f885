package dev.autosync.core.improve;

import dev.autosync.core.json.JsonOut;
import dev.autosync.core.text.Words;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.spi.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the events that {@link LessonLog} reads; {@code docs/events.md} describes them. */
record LessonEvents(String cycle, Instant now) {

    /** What a lesson has become, with everything that is needed to tell it again. */
    Event lesson(KnownLesson lesson, double points) {
        ImpactScore score = lesson.suggestion().score();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("impact", (double) score.impact());
        numbers.put("effort", (double) score.effort());
        numbers.put("risk", (double) score.risk());
        numbers.put("confidence", (double) score.confidence());
        numbers.put("points", points);
        return Event.of(cycle, "lesson", lesson.suggestion().key(), now, numbers, JsonOut.line(out -> payload(out, lesson)));
    }

    private static void payload(JsonOut out, KnownLesson lesson) {
        out.text("state", lesson.state().name().toLowerCase(Locale.ROOT))
                .text("problem", lesson.suggestion().problem())
                .text("solution", lesson.suggestion().solution());
        lesson.suggestion().watches().ifPresent(series -> out.text("watches", series));
        out.objects("evidence", lesson.suggestion().evidence(), (json, part) -> json
                .text("text", part.text())
                .numbers("events", part.events()));
        if (lesson.state() == Lesson.State.ADOPTED) {
            out.objects("before", lesson.before(), (json, value) -> json
                    .number("event", value.event())
                    .number("value", value.value()));
        }
    }

    /** What a look at the watched series has shown. */
    Event feedback(String key, Feedback feedback) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("valuesBefore", (double) feedback.valuesBefore());
        putFinite(numbers, "medianBefore", feedback.medianBefore());
        numbers.put("valuesAfter", (double) feedback.valuesAfter());
        putFinite(numbers, "medianAfter", feedback.medianAfter());
        numbers.put("pValue", feedback.pValue());
        return Event.of(cycle, "feedback", key, now, numbers, JsonOut.line(out -> out
                .text("series", feedback.series())
                .text("verdict", Words.of(feedback.verdict()))));
    }

    /** The median of no value is none. */
    private static void putFinite(Map<String, Double> numbers, String name, double number) {
        if (Double.isFinite(number)) {
            numbers.put(name, number);
        }
    }
}
