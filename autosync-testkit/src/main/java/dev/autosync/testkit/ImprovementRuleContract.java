package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ImprovementRule} must do.
 *
 * <p>Extended by authors of plugins: a subclass gives the rule and contexts in which there is the trouble that it knows, and is run by JUnit
 * Jupiter. The rules:
 *
 * <ul>
 *   <li>Its name is lower-case letters, digits and hyphens, does not begin with {@code autosync-} and never changes.
 *   <li>It finds its trouble where that is, and nothing where nothing has happened or all is well.
 *   <li>Its keys begin with its name, are on one line and differ from each other.
 *   <li>Its evidence has text, and names only events that the history holds.
 *   <li>The same context gives the same suggestions, twice and in another instance.
 *   <li>It throws for no history, however short, broken or hostile, neither when it looks nor when it is asked whether something was adopted.
 * </ul>
 *
 * @since 0.1.0
 */
public abstract class ImprovementRuleContract {
    private static final int CALM_CYCLES = 30;

    /** For subclasses. */
    protected ImprovementRuleContract() {}

    /**
     * The rule that is to be tested.
     *
     * @return a rule, each time another instance
     */
    protected abstract ImprovementRule rule();

    /**
     * Contexts with the trouble that the rule knows.
     *
     * @return at least one; in each of them the rule must find something
     */
    protected abstract List<ImprovementContext> troubles();

    /**
     * A context in which all is well. Thirty green cycles of a second unless overridden.
     *
     * @return the context; the rule must find nothing in it
     */
    protected ImprovementContext calm() {
        return new SampleHistory().cycles(CALM_CYCLES, cycle -> cycle.testRun("baseline", 0.5, "a".repeat(64))
                .phase("record", 0.01)).context();
    }

    @Test
    void hasANameThatNeverChanges() {
        ImprovementRule rule = rule();
        String name = rule.name();
        assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*") && !name.startsWith("autosync-"), name);
        troubles().forEach(rule::examine);
        assertEquals(name, rule.name());
        assertEquals(name, rule().name());
    }

    @Test
    void findsItsTrouble() {
        assertFalse(troubles().isEmpty(), "there is a context with trouble");
        troubles().forEach(trouble -> assertFalse(examine(rule(), trouble).isEmpty(), () -> "found nothing in " + trouble));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertEquals(List.of(), examine(rule(), SampleContext.of(List.of())), "a history without any event");
        assertEquals(List.of(), examine(rule(), new SampleHistory().cycle().context()), "one green cycle");
        assertEquals(List.of(), examine(rule(), calm()), "a calm history");
    }

    @Test
    void beginsItsKeysWithItsName() {
        ImprovementRule rule = rule();
        for (ImprovementContext context : contexts()) {
            Set<String> keys = new HashSet<>();
            for (Suggestion suggestion : examine(rule, context)) {
                assertEquals(rule.name(), suggestion.rule(), suggestion.key());
                assertTrue(keys.add(suggestion.key()), () -> "twice: " + suggestion.key());
            }
        }
    }

    @Test
    void restsOnEventsThatTheHistoryHolds() {
        for (ImprovementContext context : contexts()) {
            Set<Long> known = context.history().stream().map(StoredEvent::sequence).collect(Collectors.toSet());
            for (Suggestion suggestion : examine(rule(), context)) {
                for (Evidence evidence : suggestion.evidence()) {
                    assertFalse(evidence.text().isBlank(), () -> suggestion.key() + " has evidence without text");
                    assertTrue(known.containsAll(evidence.events()), () -> suggestion.key() + " names events that are not there: "
                            + evidence.events());
                }
            }
        }
    }

    @Test
    void findsTheSameTwiceAndInAnotherInstance() {
        ImprovementRule rule = rule();
        for (ImprovementContext context : contexts()) {
            List<String> first = told(examine(rule, context));
            assertEquals(first, told(examine(rule, context)), "asked twice");
            assertEquals(first, told(examine(rule(), context)), "another instance");
        }
    }

    @Test
    void throwsForNoHistory() {
        ImprovementRule rule = rule();
        List<ImprovementContext> contexts = contexts();
        troubles().forEach(trouble -> contexts.add(withoutItsBeginning(trouble)));
        List<Suggestion> made = new ArrayList<>();
        for (ImprovementContext context : contexts) {
            made.addAll(assertDoesNotThrow(() -> examine(rule, context), () -> "looked at " + context));
        }
        for (Suggestion suggestion : made) {
            contexts.forEach(context -> assertDoesNotThrow(() -> rule.adopted(suggestion, context),
                    () -> "asked whether " + suggestion.key() + " was adopted"));
        }
    }

    private List<ImprovementContext> contexts() {
        List<ImprovementContext> contexts = new ArrayList<>(troubles());
        contexts.add(calm());
        contexts.addAll(SampleContexts.all());
        return contexts;
    }

    /** A window may begin in the middle of a cycle. */
    private static ImprovementContext withoutItsBeginning(ImprovementContext context) {
        List<StoredEvent> history = context.history();
        return SampleContext.of(history.subList(history.size() / 2, history.size())).trends(context.trends())
                .store(context.storeName(), context.storedEvents());
    }

    private static List<Suggestion> examine(ImprovementRule rule, ImprovementContext context) {
        List<Suggestion> suggestions = rule.examine(context);
        assertNotNull(suggestions, "the answer is a list");
        suggestions.forEach(suggestion -> assertNotNull(suggestion, "a suggestion"));
        return suggestions;
    }

    private static List<String> told(List<Suggestion> suggestions) {
        return suggestions.stream().map(suggestion -> suggestion + " | " + suggestion.score() + " | " + suggestion.watches() + " | "
                + suggestion.evidence().stream().map(evidence -> evidence.text() + evidence.events()).toList()).toList();
    }
}
