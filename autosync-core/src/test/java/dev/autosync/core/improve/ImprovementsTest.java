package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.Feedback;
import dev.autosync.improve.Feedback.Verdict;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.ImpactWeights;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Lesson.State;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.Event;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.testkit.SampleReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ImprovementsTest {
    private final Lab lab = new Lab();

    @Test
    void followsATroubleThatComesGoesAndComesBack() {
        lab.rule("locks", () -> true);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state, Lesson::cycle).containsExactly(tuple(State.OPEN, "cycle-0001"));
        lab.rule("locks", () -> false);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state, Lesson::cycle).containsExactly(tuple(State.GONE, "cycle-0002"));
        lab.rule("locks", () -> true);
        Improvements.Result back = lab.cycle();
        assertThat(back.lessons()).extracting(Lesson::state, Lesson::cycle).containsExactly(tuple(State.OPEN, "cycle-0003"));
        assertThat(back.lessons().get(0).since()).isEqualTo(lab.history.now());
    }

    @Test
    void saysNothingWhereThereNeverWasTrouble() {
        lab.rule("locks", () -> false);
        assertThat(lab.cycle()).isEqualTo(new Improvements.Result(List.of(), List.of(), List.of()));
    }

    @Test
    void appendsNothingInQuietCycles() {
        lab.rule("locks", () -> true);
        assertThat(lab.cycle().events()).extracting(Event::kind, Event::subject).containsExactly(tuple("lesson", "locks"));
        for (int i = 0; i < 50; i++) {
            assertThat(lab.cycle().events()).isEmpty();
        }
        assertThat(lab.examine().lessons()).extracting(Lesson::cycle).containsExactly("cycle-0001");
    }

    @Test
    void givesTheSameTwiceOnTheSameHistory() {
        lab.rule("locks", () -> true).rule("store", () -> true).adopt("store").dismiss("locks");
        List<String> first = told(lab.cycle());
        Improvements.Result again = lab.examine();
        assertThat(told(again)).isEqualTo(first);
        assertThat(again.events()).isEmpty();
    }

    @Test
    void rebuildsEverythingFromTheEventsAlone() {
        lab.rule("locks", () -> true).adopt("locks");
        Lesson told = lab.cycle().lessons().get(0);
        lab.forgetRules();
        Lesson rebuilt = lab.cycle().lessons().get(0);
        assertThat(told(rebuilt)).isEqualTo(told(told));
        assertThat(rebuilt.suggestion().score()).isEqualTo(told.suggestion().score());
        assertThat(rebuilt.suggestion().watches()).isEqualTo(told.suggestion().watches());
        assertThat(rebuilt.suggestion().evidence()).hasSize(1);
        assertThat(rebuilt.suggestion().evidence().get(0).events()).containsExactly(1L);
    }

    @Test
    void adoptsAndDismissesWhatTheConfigurationNames() {
        lab.rule("locks", () -> true).rule("store", () -> true).rule("tests", () -> true).adopt("store").dismiss("locks");
        assertThat(lab.cycle().lessons()).extracting(lesson -> lesson.suggestion().key(), Lesson::state)
                .containsExactly(tuple("tests", State.OPEN), tuple("store", State.ADOPTED), tuple("locks", State.DISMISSED));
        lab.adopt().dismiss();
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsOnly(State.OPEN);
    }

    @Test
    void keepsWhatWasAdoptedWhenItsTroubleHasGone() {
        lab.rule("locks", () -> true);
        lab.cycle();
        lab.rule("locks", () -> false).adopt("locks");
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.ADOPTED);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state, Lesson::cycle).containsExactly(tuple(State.ADOPTED, "cycle-0002"));
    }

    @Test
    void believesARuleThatSeesThatItWasActedOn() {
        lab.rule(new JsonStoreHasGrown());
        lab.store("json", 60_000);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.OPEN);
        lab.store("sqlite", 60_010);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.ADOPTED);
        lab.store("json", 60_020);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.OPEN);
    }

    @Test
    void ordersOpenLessonsByWhatTheyAreWorth() {
        lab.rule("small", ImpactScore.of(2, 3, 3, 3)).rule("great", ImpactScore.of(5, 1, 1, 5)).rule("middling", ImpactScore.of(4, 2, 3, 3));
        assertThat(lab.cycle().lessons()).extracting(lesson -> lesson.suggestion().key()).containsExactly("great", "middling", "small");
        assertThat(lab.cycle().lessons().get(0).points()).isEqualTo(100);
    }

    @Test
    void writesAChangedScoreAndKeepsTheDateOfTheState() {
        lab.rule("locks", ImpactScore.of(2, 2, 2, 2));
        lab.cycle();
        lab.forgetRules().rule("locks", ImpactScore.of(5, 2, 2, 2));
        Improvements.Result changed = lab.cycle();
        assertThat(changed.events()).extracting(event -> event.numbers().get("impact")).containsExactly(5.0);
        assertThat(changed.lessons()).extracting(Lesson::cycle).containsExactly("cycle-0001");
        assertThat(lab.cycle().events()).isEmpty();
    }

    @Test
    void neutralisesARuleThatThrows() {
        List<Supplier<Throwable>> failures = List.of(() -> new IllegalStateException("oh \u001b[31mno"), () -> new NoClassDefFoundError("a/B"),
                StackOverflowError::new, () -> new AssertionError("broken"), () -> new NullPointerException());
        for (Supplier<Throwable> failure : failures) {
            Lab other = new Lab().rule("sound", () -> true).rule(new Throwing(failure));
            Improvements.Result result = other.cycle();
            assertThat(result.lessons()).extracting(lesson -> lesson.suggestion().key()).containsExactly("sound");
            assertThat(result.warnings()).singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("the improvement rule 'throwing' failed: ").doesNotContain("\u001b");
        }
    }

    @Test
    void neutralisesARuleWithoutAName() {
        ImprovementRule nameless = new ImprovementRule() {
            @Override
            @SuppressWarnings("NullAway")
            public String name() {
                return null;
            }

            @Override
            public List<Suggestion> examine(ImprovementContext context) {
                return List.of();
            }
        };
        assertThat(lab.rule(nameless).adopt("x").cycle().warnings()).hasSize(2).first(InstanceOfAssertFactories.STRING)
                .endsWith("the rule has no name");
    }

    @Test
    void leavesTheLessonsOfARuleThatThrowsOrIsNotThereAsTheyAre() {
        lab.rule("throwing", () -> true);
        lab.cycle();
        lab.forgetRules().rule(new Throwing(IllegalStateException::new));
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.OPEN);
        lab.forgetRules();
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.OPEN);
        lab.rule("throwing", () -> false);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.GONE);
    }

    @Test
    void leavesNonsenseOut() {
        Suggestion good = Lab.suggestion("odd:good", ImpactScore.of(3, 3, 3, 3));
        List<Suggestion> answers = new ArrayList<>();
        answers.add(null);
        answers.add(Lab.suggestion("even:bad", ImpactScore.of(3, 3, 3, 3)));
        answers.add(good);
        lab.rule(new Answering("odd", context -> answers));
        Improvements.Result result = lab.cycle();
        assertThat(result.lessons()).extracting(lesson -> lesson.suggestion().key()).containsExactly("odd:good");
        assertThat(result.warnings()).containsExactly("the improvement rule 'odd' answered null; that is left out",
                "the improvement rule 'odd' answered a suggestion with the key 'even:bad', which does not begin with the rule's name; "
                        + "that is left out");
        assertThat(new Lab().rule(new Answering("odd", context -> null)).cycle().warnings()).singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("the improvement rule 'odd' failed");
    }

    @Test
    void takesNoMoreSuggestionsOfARuleThanAnybodyReads() {
        List<Suggestion> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(Lab.suggestion("many:" + i, ImpactScore.of(3, 3, 3, 3)));
        }
        Improvements.Result result = lab.rule(new Answering("many", context -> many)).cycle();
        assertThat(result.lessons()).hasSize(20);
        assertThat(result.warnings()).hasSize(1);
    }

    @Test
    void boundsAndNeutralisesHostileTexts() {
        for (String text : SampleReports.hostileTexts()) {
            Suggestion hostile = Suggestion.of("odd:" + text, text + " ", text + " ", ImpactScore.of(3, 3, 3, 3),
                    List.of(Evidence.of(text, List.of(1L)))).watches(text);
            Lab other = new Lab().rule(new Answering("odd", context -> List.of(hostile)));
            Lesson lesson = other.cycle().lessons().get(0);
            assertThat(List.of(lesson.suggestion().key(), lesson.suggestion().problem(), lesson.suggestion().watches().orElseThrow(),
                    lesson.suggestion().evidence().get(0).text())).allSatisfy(shown -> assertThat(shown).hasSizeLessThanOrEqualTo(500)
                            .doesNotContainPattern("\\p{Cntrl}|[\u202a-\u202e\u2066-\u2069\u2028\u2029]"));
            assertThat(other.cycle().events()).as("known again: " + lesson).isEmpty();
        }
    }

    @Test
    void warnsAboutKeysThatNobodyKnows() {
        lab.rule("clumsy-locking", () -> true).adopt("clumsy-loking").dismiss("something-else");
        assertThat(lab.cycle().warnings()).containsExactly(
                "there never was a suggestion 'clumsy-loking', which is said to be adopted; did you mean 'clumsy-locking'?",
                "there never was a suggestion 'something-else', which is said to be dismissed");
        lab.forgetRules().rule("clumsy-locking", () -> false).adopt("clumsy-locking").dismiss("clumsy-locking");
        assertThat(lab.cycle()).satisfies(result -> {
            assertThat(result.warnings())
                    .containsExactly("the suggestion 'clumsy-locking' is both adopted and dismissed; it counts as adopted");
            assertThat(result.lessons()).extracting(Lesson::state).containsExactly(State.ADOPTED);
        });
    }

    @Test
    void mayBeToldBeforehandThatNobodyWantsASuggestion() {
        lab.rule("locks", () -> false).dismiss("locks");
        assertThat(lab.cycle()).isEqualTo(new Improvements.Result(List.of(), List.of(), List.of()));
        lab.rule("locks", () -> true);
        assertThat(lab.cycle().lessons()).extracting(Lesson::state).containsExactly(State.DISMISSED);
    }

    @Test
    void leavesOutLessonsThatCannotBeRead() {
        lab.rule("locks", () -> true);
        lab.cycle();
        lab.history.event("lesson", "broken", Map.of(), "no json").event("lesson", "locks", Map.of("impact", 9.0),
                "{\"state\":\"open\"}").event("lesson", "x", Map.of(), "{\"state\":\"of-the-future\"}")
                .event("feedback", "locks", Map.of(), "{}");
        Improvements.Result result = lab.cycle();
        assertThat(result.lessons()).extracting(lesson -> lesson.suggestion().key(), Lesson::state, Lesson::cycle)
                .containsExactly(tuple("locks", State.OPEN, "cycle-0001"));
        assertThat(result.warnings()).containsExactly("cannot read 3 lessons of the history, the first one is event 3; they are left out");
    }

    @Test
    void correctsTheConfidenceOfARuleByWhatCameOfItsSuggestions() {
        Suggestion stated = Lab.suggestion("locks", ImpactScore.of(4, 2, 2, 4));
        assertThat(learned(stated)).isEqualTo(4);
        assertThat(learned(stated, Verdict.UNDECIDED)).isEqualTo(4);
        assertThat(learned(stated, Verdict.HELPED, Verdict.HELPED, Verdict.HELPED)).isEqualTo(5);
        assertThat(learned(stated, Verdict.NOT_HELPED)).isEqualTo(3);
        assertThat(learned(stated, Verdict.HARMED, Verdict.NOT_HELPED, Verdict.HARMED, Verdict.HARMED)).isEqualTo(2);
    }

    private int learned(Suggestion stated, Verdict... verdicts) {
        List<KnownLesson> lessons = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            lessons.add(new KnownLesson(stated, State.ADOPTED, "c", lab.history.now(), 1, List.of(),
                    Feedback.of("s", verdict, 8, 1, 8, 1, 1)));
        }
        return new LearnedConfidence(lessons).correct(stated).score().confidence();
    }

    private static List<String> told(Improvements.Result result) {
        return result.lessons().stream().map(ImprovementsTest::told).toList();
    }

    private static String told(Lesson lesson) {
        return lesson + " " + lesson.cycle() + " " + lesson.since() + " " + lesson.feedback();
    }

    private record Throwing(Supplier<Throwable> failure) implements ImprovementRule {
        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public List<Suggestion> examine(ImprovementContext context) {
            throw Throwing.<RuntimeException>sneaky(failure.get());
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }

    private record Answering(String name, Function<ImprovementContext, List<Suggestion>> answer) implements ImprovementRule {
        @Override
        public List<Suggestion> examine(ImprovementContext context) {
            return answer.apply(context);
        }
    }
}
