package dev.autosync.core.improve;

import dev.autosync.improve.Feedback;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Lesson;
import dev.autosync.improve.Suggestion;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the confidence that rules state by what came of their earlier suggestions.
 *
 * <p>The confidence that a rule states, mapped to 0 to 1, counts as two outcomes; each verdict on a suggestion of the rule that was adopted
 * counts as one, 1 if it helped and 0 if it did not. The mean of all that, mapped back to 1 to 5, is the confidence: the posterior mean of
 * a binomial share whose prior is the rule's word. Without any verdict it is what the rule states.
 *
 * <p>Threads: immutable.
 */
final class LearnedConfidence {
    private static final double STATED = 2;

    private final Map<String, Integer> verdicts = new HashMap<>();
    private final Map<String, Integer> helped = new HashMap<>();

    LearnedConfidence(Collection<KnownLesson> lessons) {
        for (KnownLesson lesson : lessons) {
            @Nullable Feedback feedback = lesson.feedback();
            if (lesson.state() == Lesson.State.ADOPTED && feedback != null && feedback.verdict() != Feedback.Verdict.UNDECIDED) {
                verdicts.merge(lesson.suggestion().rule(), 1, Integer::sum);
                helped.merge(lesson.suggestion().rule(), feedback.verdict() == Feedback.Verdict.HELPED ? 1 : 0, Integer::sum);
            }
        }
    }

    /** The suggestion with the confidence that its rule has earned. */
    Suggestion correct(Suggestion stated) {
        ImpactScore score = stated.score();
        double share = (STATED * (score.confidence() - 1) / 4 + helped.getOrDefault(stated.rule(), 0))
                / (STATED + verdicts.getOrDefault(stated.rule(), 0));
        return stated.score(ImpactScore.of(score.impact(), score.effort(), score.risk(), 1 + (int) Math.round(4 * share)));
    }
}
