package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.improve.Feedback;
import dev.autosync.improve.Feedback.Verdict;
import dev.autosync.improve.Lesson;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.SampleTrends;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From a suggestion that is adopted to a verdict, cycle by cycle, with nothing remembered but events. */
class FeedbackTest {
    private final Lab lab = new Lab();
    private final Random random = new Random(7);
    private final List<Event> said = new ArrayList<>();
    private int window = 200;
    private Kpi.@Nullable Direction better = Kpi.Direction.DOWN;
    private final List<Series.Point> points = new ArrayList<>();

    @Test
    void helpsWhereTheSeriesIsBetterAtEachOfTheLooks() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        assertThat(cycles(8, 6).verdict()).isEqualTo(Verdict.UNDECIDED); // the cycle of adoption is on neither side
        Feedback first = cycles(1, 6);
        assertThat(first.verdict()).isEqualTo(Verdict.HELPED);
        assertThat(List.of(first.valuesBefore(), first.valuesAfter())).containsExactly(19, 8);
        assertThat(first.medianBefore()).isCloseTo(10, within(1.0));
        assertThat(first.medianAfter()).isCloseTo(6, within(1.0));
        assertThat(first.pValue()).isBetween(0.0, 0.05);
        assertThat(cycles(6, 6).valuesAfter()).isEqualTo(8);
        assertThat(cycles(1, 6).valuesAfter()).isEqualTo(15);
        assertThat(cycles(100, 6).valuesAfter()).isEqualTo(30);
        assertThat(said).extracting(Event::kind, event -> event.numbers().get("valuesAfter"), Event::payload).containsExactly(
                tuple("feedback", 8.0, "{\"series\":\"seconds\",\"verdict\":\"helped\"}"),
                tuple("feedback", 15.0, "{\"series\":\"seconds\",\"verdict\":\"helped\"}"),
                tuple("feedback", 30.0, "{\"series\":\"seconds\",\"verdict\":\"helped\"}"));
    }

    @Test
    void harmsWhereTheSeriesIsWorse() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        assertThat(cycles(16, 14).verdict()).isEqualTo(Verdict.HARMED);
    }

    @Test
    void doesNotHelpWhereNothingChanges() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        assertThat(cycles(31, 10).verdict()).isEqualTo(Verdict.NOT_HELPED);
    }

    @Test
    void staysUndecidedWithFewerThanEightValuesBefore() {
        lab.rule("locks", () -> true);
        cycles(7, 10);
        lab.adopt("locks");
        Feedback feedback = cycles(31, 2);
        assertThat(feedback.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(feedback.valuesBefore()).isEqualTo(7);
        assertThat(feedback.medianAfter()).isCloseTo(2, within(1.0));
    }

    @Test
    void staysUndecidedWhereNeitherWayIsBetter() {
        better = null;
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        Feedback feedback = cycles(31, 2);
        assertThat(feedback.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(feedback.medianBefore()).isCloseTo(10, within(1.0));
        assertThat(feedback.pValue()).isEqualTo(1);
    }

    @Test
    void remembersTheValuesBeforeWhenTheWindowHasMovedOn() {
        window = 12;
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        Feedback feedback = cycles(9, 6);
        assertThat(feedback.verdict()).isEqualTo(Verdict.HELPED);
        assertThat(feedback.valuesBefore()).isEqualTo(11);
        assertThat(cycles(60, 10)).as("the window never has enough for another look").hasToString(feedback.toString());
    }

    @Test
    void comparesWithTheTimeSinceTheSuggestionWasMadeIfThatIsLongEnough() {
        lab.rule("locks", () -> false);
        cycles(20, 5);
        lab.rule("locks", () -> true);
        cycles(9, 10); // the suggestion is made in the first of these
        lab.adopt("locks");
        assertThat(cycles(9, 7).verdict()).isEqualTo(Verdict.HELPED);
        assertThat(cycles(1, 7)).satisfies(feedback -> {
            assertThat(feedback.valuesBefore()).isEqualTo(8);
            assertThat(feedback.medianBefore()).isCloseTo(10, within(1.0));
        });
    }

    @Test
    void comparesWithAllThereIsIfTheTroubleHadGone() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.rule("locks", () -> false);
        cycles(10, 10);
        lab.adopt("locks");
        assertThat(cycles(9, 6).valuesBefore()).isEqualTo(30);
    }

    @Test
    void comparesAfreshWhatIsAdoptedAgain() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        assertThat(cycles(9, 6).verdict()).isEqualTo(Verdict.HELPED);
        lab.adopt();
        cycle(10);
        assertThat(lab.examine().lessons()).extracting(Lesson::state, Lesson::feedback)
                .containsExactly(tuple(Lesson.State.OPEN, Optional.empty()));
        cycles(8, 10);
        lab.adopt("locks");
        assertThat(cycles(9, 14).verdict()).isEqualTo(Verdict.HARMED);
    }

    @Test
    void keepsWhatWasSaidWhenTheSeriesIsNoLongerThere() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        Feedback feedback = cycles(9, 6);
        lab.trends(SampleTrends.of());
        assertThat(lab.cycle().lessons().get(0).feedback()).get().hasToString(feedback.toString());
    }

    @Test
    void lowersTheConfidenceOfARuleThatDidNotHelpOnce() {
        lab.rule("locks", () -> true);
        cycles(20, 10);
        lab.adopt("locks");
        cycles(9, 14);
        Lesson lesson = lab.examine().lessons().get(0);
        assertThat(lesson.suggestion().score().confidence()).isEqualTo(2);
        assertThat(lab.examine().events()).as("not once more").isEmpty();
    }

    @Test
    void survivesValuesOfEverySize() {
        lab.rule("locks", () -> true);
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                lab.adopt("locks");
            }
            cycle(i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }
        assertThat(lab.examine().lessons().get(0).feedback()).get().extracting(Feedback::verdict).isEqualTo(Verdict.NOT_HELPED);
    }

    /** Cycles in which the series lies about a level. */
    private Feedback cycles(int count, double level) {
        for (int i = 0; i < count; i++) {
            cycle(level + random.nextGaussian());
        }
        return lab.examine().lessons().stream().findFirst().flatMap(Lesson::feedback).orElse(Feedback.of("", Verdict.UNDECIDED, 0, 0, 0, 0, 1));
    }

    private void cycle(double value) {
        lab.history.cycle();
        List<StoredEvent> events = lab.history.events();
        StoredEvent end = events.get(events.size() - 1);
        points.add(Series.Point.of(points.size(), end.event().cycle(), end.sequence(), end.event().at(), value));
        List<Series.Point> seen = points.subList(Math.max(0, points.size() - window), points.size());
        lab.trends(SampleTrends.of(Trend.of(Series.of("seconds", "s", better, seen), Trend.Movement.STEADY, 0, 1, 0, 0, 0)));
        Improvements.Result result = lab.examine();
        lab.history.events(result.events());
        result.events().stream().filter(event -> event.kind().equals("feedback")).forEach(said::add);
    }
}
