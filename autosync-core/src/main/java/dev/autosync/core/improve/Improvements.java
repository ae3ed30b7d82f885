package dev.autosync.core.improve;

import dev.autosync.core.text.NearestName;
import dev.autosync.core.text.Untrusted;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactWeights;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.Event;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rules make suggestions, and follows each of them: is it still so, was it acted on, has that helped.
 *
 * <p>Nothing is remembered here: what is known of a lesson is in its events. The same history gives the same result, and no event that is
 * already there. Threads: immutable; rules are called on the calling thread.
 */
public final class Improvements {
    private static final Comparator<Lesson> ORDER = Comparator.<Lesson>comparingInt(lesson -> switch (lesson.state()) {
        case OPEN -> 0;
        case ADOPTED -> 1;
        case DISMISSED -> 2;
        case GONE -> 3;
    }).thenComparing(Comparator.comparingDouble(Lesson::points).reversed()).thenComparing(lesson -> lesson.suggestion().key());

    private final List<ImprovementRule> rules;
    private final ImpactWeights weights;
    private final Set<String> adopted;
    private final Set<String> dismissed;

    /**
     * What the rules say, seen by a configuration.
     *
     * @param rules the rules, in the order in which they are asked
     * @param weights how much the parts of a score count
     * @param adopted the keys of suggestions that were acted on
     * @param dismissed the keys of suggestions that nobody wants; what is also adopted is adopted
     */
    public Improvements(List<ImprovementRule> rules, ImpactWeights weights, Set<String> adopted, Set<String> dismissed) {
        this.rules = List.copyOf(rules);
        this.weights = weights;
        this.adopted = Set.copyOf(adopted);
        this.dismissed = Set.copyOf(dismissed);
    }

    /**
     * What came of it.
     *
     * @param lessons open ones first, those that are worth most first; then adopted, dismissed and gone ones
     * @param events what is to be appended to the history; none unless something has changed
     * @param warnings a line for each rule that threw or answered nonsense, each key that nobody knows, and events that cannot be read
     */
    public record Result(List<Lesson> lessons, List<Event> events, List<String> warnings) {}

    /**
     * Looks at the history.
     *
     * @param context what the rules may look at
     * @param lessonEvents all events of the kinds {@code lesson} and {@code feedback} there are, in any order
     * @param cycle the name of the cycle, which the history holds already
     * @param now the time
     * @return lessons, events and warnings
     */
    public Result examine(ImprovementContext context, List<StoredEvent> lessonEvents, String cycle, Instant now) {
        List<String> warnings = new ArrayList<>();
        LessonLog log = LessonLog.read(lessonEvents);
        if (!log.unreadable().isEmpty()) {
            warnings.add("cannot read " + log.unreadable().size() + " lessons of the history, the first one is event "
                    + log.unreadable().get(0) + "; they are left out");
        }
        FoundSuggestions found = FoundSuggestions.by(rules, context, warnings);
        warnAboutKeys(found, log.lessons().keySet(), warnings);
        // Stores keep milliseconds, and what is read again must be what is told here.
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        Map<String, KnownLesson> lessons = follow(log.lessons(), found, new FeedbackLoop(context.trends()), cycle, at);
        return result(lessons, log.lessons(), new LessonEvents(cycle, at), warnings);
    }

    private Map<String, KnownLesson> follow(Map<String, KnownLesson> known, FoundSuggestions found, FeedbackLoop loop, String cycle,
            Instant now) {
        Map<String, KnownLesson> lessons = new TreeMap<>();
        Set<String> keys = new TreeSet<>(known.keySet());
        keys.addAll(found.byKey().keySet());
        for (String key : keys) {
            lessons.put(key, follow(known.get(key), found.byKey().get(key), key, found, loop, cycle, now));
        }
        // Only when all verdicts of today are in: a second look at the same history must not correct anything more.
        LearnedConfidence learned = new LearnedConfidence(lessons.values());
        found.byKey().keySet().forEach(key -> lessons.computeIfPresent(key,
                (same, lesson) -> lesson.still(learned.correct(lesson.suggestion()))));
        return lessons;
    }

    /** One lesson, of which at least one of what was known and what was found is there. */
    private KnownLesson follow(@Nullable KnownLesson known, @Nullable Suggestion suggestion, String key, FoundSuggestions found,
            FeedbackLoop loop, String cycle, Instant now) {
        Lesson.State state = state(known, suggestion, key, found);
        KnownLesson next;
        if (known != null && known.state() == state) {
            next = suggestion == null ? known : known.still(state == Lesson.State.ADOPTED ? watching(suggestion, known.suggestion())
                    : suggestion);
        } else {
            Suggestion current = suggestion != null ? suggestion : Objects.requireNonNull(known).suggestion();
            next = new KnownLesson(current, state, cycle, now, KnownLesson.UNWRITTEN,
                    state == Lesson.State.ADOPTED ? loop.before(current, known, cycle) : List.of(), null);
        }
        return state == Lesson.State.ADOPTED ? loop.examine(next).map(next::feedback).orElse(next) : next;
    }

    private Lesson.State state(@Nullable KnownLesson known, @Nullable Suggestion suggestion, String key, FoundSuggestions found) {
        if (adopted.contains(key)) {
            return Lesson.State.ADOPTED;
        }
        if (dismissed.contains(key)) {
            return Lesson.State.DISMISSED;
        }
        if (known != null && found.adopted(known.suggestion(), known.state() == Lesson.State.ADOPTED)) {
            return Lesson.State.ADOPTED;
        }
        if (suggestion != null) {
            return Lesson.State.OPEN;
        }
        // A rule that is not there, or threw, has not looked: its lessons stay as they are.
        return known == null || found.looked(known.suggestion().rule()) ? Lesson.State.GONE : known.state();
    }

    /** What was adopted is compared on the series whose values were kept, whatever its rule would watch today. */
    private static Suggestion watching(Suggestion suggestion, Suggestion adopted) {
        Suggestion unwatched = Suggestion.of(suggestion.key(), suggestion.problem(), suggestion.solution(), suggestion.score(),
                suggestion.evidence());
        return adopted.watches().map(unwatched::watches).orElse(unwatched);
    }

    private Result result(Map<String, KnownLesson> lessons, Map<String, KnownLesson> known, LessonEvents write, List<String> warnings) {
        List<Lesson> told = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        lessons.forEach((key, lesson) -> {
            KnownLesson before = known.get(key);
            double points = lesson.suggestion().score().points(weights);
            told.add(Lesson.of(lesson.suggestion(), lesson.state(), points, lesson.cycle(), lesson.since(), lesson.feedback()));
            if (before == null || before.state() != lesson.state() || !before.suggestion().score().equals(lesson.suggestion().score())) {
                events.add(write.lesson(lesson, points));
            }
            Feedback feedback = lesson.feedback();
            if (feedback != null && FeedbackLoop.isNews(feedback, before == null ? null : before.feedback())) {
                events.add(write.feedback(key, feedback));
            }
        });
        told.sort(ORDER);
        return new Result(List.copyOf(told), List.copyOf(events), List.copyOf(warnings));
    }

    private void warnAboutKeys(FoundSuggestions found, Set<String> lessons, List<String> warnings) {
        Set<String> known = new TreeSet<>(lessons);
        known.addAll(found.byKey().keySet());
        known.addAll(found.rules());
        for (String key : new TreeSet<>(adopted)) {
            warnAbout(key, "adopted", known, warnings);
            if (dismissed.contains(key)) {
                warnings.add("the suggestion '" + shown(key) + "' is both adopted and dismissed; it counts as adopted");
            }
        }
        new TreeSet<>(dismissed).forEach(key -> warnAbout(key, "dismissed", known, warnings));
    }

    private static void warnAbout(String key, String what, Set<String> known, List<String> warnings) {
        if (!known.contains(key)) {
            Optional<String> near = NearestName.of(key, known);
            warnings.add("there never was a suggestion '" + shown(key) + "', which is said to be " + what
                    + near.map(name -> "; did you mean '" + shown(name) + "'?").orElse(""));
        }
    }

    private static String shown(String key) {
        return Untrusted.line(key, FoundSuggestions.MAX_NAME);
    }
}
