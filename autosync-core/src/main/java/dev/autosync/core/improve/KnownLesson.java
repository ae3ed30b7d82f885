package dev.autosync.core.improve;

import dev.autosync.improve.Feedback;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lesson as its events tell it.
 *
 * @param suggestion the suggestion, as of its last event
 * @param state how far it is
 * @param cycle the cycle in which it came into this state
 * @param since when that was
 * @param sequence the event by which it came into this state; {@link #UNWRITTEN} if that is yet to be written
 * @param before the values that the watched series had before it was adopted; empty unless it is
 * @param feedback whether it has helped, as was said last; null if nothing was said since it came into this state
 */
record KnownLesson(Suggestion suggestion, Lesson.State state, String cycle, Instant since, long sequence, List<ValueBefore> before,
        @Nullable Feedback feedback) {

    /** Later than every event. */
    static final long UNWRITTEN = Long.MAX_VALUE;

    KnownLesson {
        before = List.copyOf(before);
    }

    /**
     * A value of the watched series before something was adopted.
     *
     * @param event the sequence number of the event that it came from
     * @param value the value, finite
     */
    record ValueBefore(long event, double value) {}

    /** The same, later and in the same state. */
    KnownLesson still(Suggestion later) {
        return new KnownLesson(later, state, cycle, since, sequence, before, feedback);
    }

    KnownLesson feedback(Feedback said) {
        return new KnownLesson(suggestion, state, cycle, since, sequence, before, said);
    }
}
