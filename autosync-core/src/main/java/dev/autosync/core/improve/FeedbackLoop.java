package dev.autosync.core.improve;

import dev.autosync.core.improve.KnownLesson.ValueBefore;
import dev.autosync.core.text.Untrusted;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.Feedback.Verdict;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks of what was adopted whether it has helped. {@code docs/feedback-protocol.md} is the whole of it.
 *
 * <p>It looks three times, when there are 8, 15 and 30 values after, and not in between: who looks every cycle finds a difference in the
 * end, whether there is one or not. What the last look said stays.
 */
final class FeedbackLoop {
    /** How many values there must be on each side. */
    static final int FEWEST = 8;

    /** How many values before are kept. */
    static final int MOST = 30;

    private static final List<Integer> LOOKS = List.of(FEWEST, 15, MOST);

    private final TrendReport trends;

    FeedbackLoop(TrendReport trends) {
        this.trends = trends;
    }

    /**
     * The values to compare with, at the moment of adoption. The cycle in which it is adopted belongs to neither side.
     *
     * <p>Values since the suggestion was made are better than earlier ones, if there are enough: the earlier ones had to be bad, or it would
     * not have been made, so that the next ones would be better whatever was done.
     *
     * @param suggestion what is adopted
     * @param known the lesson so far, null if there is none
     * @param cycle the cycle of adoption
     */
    List<ValueBefore> before(Suggestion suggestion, @Nullable KnownLesson known, String cycle) {
        List<Series.Point> points = points(suggestion).stream().filter(point -> !point.cycle().equals(cycle)).toList();
        List<Series.Point> since = known == null || known.state() != Lesson.State.OPEN ? List.of() : points.stream()
                .filter(point -> point.sequence() > known.sequence() && !point.cycle().equals(known.cycle())).toList();
        List<Series.Point> chosen = since.size() >= FEWEST ? since : points;
        return chosen.subList(Math.max(0, chosen.size() - MOST), chosen.size()).stream()
                .map(point -> new ValueBefore(point.sequence(), point.value())).toList();
    }

    /**
     * Whether it has helped.
     *
     * @param adopted what was adopted, with what was said of it last
     * @return empty if it watches no series
     */
    Optional<Feedback> examine(KnownLesson adopted) {
        return adopted.suggestion().watches().map(series -> examine(adopted, series, points(adopted.suggestion()).stream()
                .filter(point -> point.sequence() > adopted.sequence() && !point.cycle().equals(adopted.cycle()))
                .mapToDouble(Series.Point::value).limit(MOST).toArray()));
    }

    /** Whether feedback is that of a look which was not taken before, so that it is to be kept. */
    static boolean isNews(Feedback feedback, @Nullable Feedback said) {
        return feedback.valuesAfter() >= FEWEST && (said == null || feedback.valuesAfter() > said.valuesAfter());
    }

    private Feedback examine(KnownLesson adopted, String series, double[] available) {
        double[] before = adopted.before().stream().mapToDouble(ValueBefore::value).toArray();
        Feedback said = adopted.feedback();
        int look = LOOKS.stream().filter(count -> count <= available.length).reduce(0, Math::max);
        if (said != null && look <= said.valuesAfter()) {
            return said;
        }
        if (look == 0) {
            return feedback(series, new Comparison(Verdict.UNDECIDED, 1), before, available);
        }
        double[] after = Arrays.copyOf(available, look);
        return feedback(series, compare(before, after, adopted.suggestion()), before, after);
    }

    private Comparison compare(double[] before, double[] after, Suggestion suggestion) {
        return trend(suggestion).flatMap(trend -> trend.series().better()).filter(better -> before.length >= FEWEST)
                .map(better -> Comparison.of(before, after, better, LOOKS.size())).orElse(new Comparison(Verdict.UNDECIDED, 1));
    }

    private static Feedback feedback(String series, Comparison comparison, double[] before, double[] after) {
        return Feedback.of(series, comparison.verdict(), before.length, Figures.median(before), after.length, Figures.median(after),
                comparison.pValue());
    }

    private List<Series.Point> points(Suggestion suggestion) {
        return trend(suggestion).map(trend -> trend.series().points()).orElse(List.of());
    }

    /** Names of KPIs and tests are neutralised in suggestions and are not in trends. */
    private Optional<Trend> trend(Suggestion suggestion) {
        return suggestion.watches().flatMap(name -> trends.trends().stream()
                .filter(trend -> Untrusted.line(trend.series().name(), FoundSuggestions.MAX_NAME).equals(name)).findFirst());
    }
}
