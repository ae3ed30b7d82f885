package dev.autosync.testkit;

import static dev.autosync.testkit.RuleBreach.assertFails;

import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Improvement rules that break a rule fail at that rule. */
class ImprovementRuleContractTest {
    @Test
    void anImprovementRuleThatBreaksARuleFails() {
        assertFails(rule(new RetriesRule() {
            @Override
            public String name() {
                return "Many Retries";
            }
        }), ImprovementRuleContract::hasANameThatNeverChanges);
        assertFails(rule(new RetriesRule() {
            private int names;

            @Override
            public String name() {
                return "many-retries-" + ++names;
            }
        }), ImprovementRuleContract::hasANameThatNeverChanges);
        assertFails(rule(answering(context -> List.of())), ImprovementRuleContract::findsItsTrouble);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of())))),
                ImprovementRuleContract::findsNothingWhereAllIsWell);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("retries", List.of())))),
                ImprovementRuleContract::beginsItsKeysWithItsName);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of()),
                RetriesRule.suggestion("many-retries", List.of())))), ImprovementRuleContract::beginsItsKeysWithItsName);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries", List.of(4711L))))),
                ImprovementRuleContract::restsOnEventsThatTheHistoryHolds);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries:" + System.nanoTime(), List.of())))),
                ImprovementRuleContract::findsTheSameTwiceAndInAnotherInstance);
        assertFails(rule(answering(context -> List.of(RetriesRule.suggestion("many-retries:" + context.history().get(0).sequence(),
                List.of())))), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(answering(context -> {
            context.history().forEach(event -> Double.parseDouble(event.event().payload()));
            return List.of();
        })), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(answering(context -> null)), ImprovementRuleContract::throwsForNoHistory);
        assertFails(rule(new RetriesRule() {
            @Override
            public boolean adopted(Suggestion suggestion, ImprovementContext context) {
                return context.history().get(0).sequence() > 1;
            }
        }), ImprovementRuleContract::throwsForNoHistory);
    }

    private static RetriesRule answering(Function<ImprovementContext, List<Suggestion>> answer) {
        return new RetriesRule() {
            @Override
            public List<Suggestion> examine(ImprovementContext context) {
                return answer.apply(context);
            }
        };
    }

    private static ImprovementRuleContract rule(ImprovementRule rule) {
        return new ImprovementRuleContract() {
            @Override
            protected ImprovementRule rule() {
                return rule;
            }

            @Override
            protected List<ImprovementContext> troubles() {
                return List.of(RetriesRuleTest.TROUBLE);
            }
        };
    }
}
