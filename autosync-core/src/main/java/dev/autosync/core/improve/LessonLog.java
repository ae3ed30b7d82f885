package dev.autosync.core.improve;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.improve.KnownLesson.ValueBefore;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rebuilds lessons from their events, in the order of these. Nothing else is remembered anywhere.
 *
 * <p>For one thread.
 */
final class LessonLog {
    private final Map<String, KnownLesson> lessons = new TreeMap<>();
    private final List<Long> unreadable = new ArrayList<>();

    private LessonLog() {}

    /** Reads events, given in any order; those of other kinds than {@code lesson} and {@code feedback} are passed over. */
    static LessonLog read(List<StoredEvent> events) {
        LessonLog log = new LessonLog();
        for (StoredEvent event : events.stream().sorted(Comparator.comparingLong(StoredEvent::sequence)).toList()) {
            try {
                log.read(event);
            } catch (AutoSyncException | IllegalArgumentException e) {
                log.unreadable.add(event.sequence());
            }
        }
        return log;
    }

    /** The lessons by their keys. */
    Map<String, KnownLesson> lessons() {
        return lessons;
    }

    /** The events that are no lessons: damaged, or of a newer AutoSync. */
    List<Long> unreadable() {
        return unreadable;
    }

    private void read(StoredEvent event) {
        switch (event.event().kind()) {
            case "lesson" -> lesson(event);
            case "feedback" -> feedback(event);
            default -> { }
        }
    }

    private void lesson(StoredEvent event) {
        String key = event.event().subject();
        JsonSection payload = payload(event);
        Lesson.State state = Lesson.State.valueOf(payload.requiredString("state").toUpperCase(Locale.ROOT));
        Suggestion suggestion = suggestion(event, payload);
        KnownLesson known = lessons.get(key);
        lessons.put(key, known != null && known.state() == state ? known.still(suggestion) : new KnownLesson(suggestion, state,
                event.event().cycle(), event.event().at(), event.sequence(), before(payload), null));
    }

    private static Suggestion suggestion(StoredEvent event, JsonSection payload) {
        List<Evidence> evidence = payload.elements("evidence").stream().map(JsonSection::of)
                .map(part -> Evidence.of(part.requiredString("text"), sequences(part.elements("events")))).toList();
        Suggestion suggestion = Suggestion.of(event.event().subject(), payload.requiredString("problem"), payload.requiredString("solution"),
                ImpactScore.of(whole(event, "impact"), whole(event, "effort"), whole(event, "risk"), whole(event, "confidence")), evidence);
        return payload.string("watches").map(suggestion::watches).orElse(suggestion);
    }

    private static List<ValueBefore> before(JsonSection payload) {
        return payload.elements("before").stream().map(JsonSection::of).map(value -> new ValueBefore(
                value.integer("event", 1, Long.MAX_VALUE).orElseThrow(() -> value.missing("event")),
                value.number("value").orElseThrow(() -> value.missing("value")))).toList();
    }

    private void feedback(StoredEvent event) {
        KnownLesson known = lessons.get(event.event().subject());
        if (known == null || known.state() != Lesson.State.ADOPTED) {
            return;
        }
        JsonSection payload = payload(event);
        Map<String, Double> numbers = event.event().numbers();
        Feedback feedback = Feedback.of(payload.requiredString("series"),
                Feedback.Verdict.valueOf(payload.requiredString("verdict").toUpperCase(Locale.ROOT).replace('-', '_')),
                whole(event, "valuesBefore"), numbers.getOrDefault("medianBefore", Double.NaN),
                whole(event, "valuesAfter"), numbers.getOrDefault("medianAfter", Double.NaN), numbers.getOrDefault("pValue", 1.0));
        lessons.put(event.event().subject(), known.feedback(feedback));
    }

    private static JsonSection payload(StoredEvent event) {
        return JsonSection.of(JsonText.parse(event.event().payload(), "event " + event.sequence(), ErrorCode.STORE_DAMAGED));
    }

    private static int whole(StoredEvent event, String number) {
        Double value = event.event().numbers().get(number);
        if (value == null || value != Math.rint(value)) {
            throw new IllegalArgumentException(number + " must be a whole number, was " + value);
        }
        return value.intValue();
    }

    private static List<Long> sequences(Collection<JsonNode> nodes) {
        return nodes.stream().map(node -> Long.valueOf(node.raw())).toList();
    }
}
