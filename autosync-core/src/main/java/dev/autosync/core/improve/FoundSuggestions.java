package dev.autosync.core.improve;

import dev.autosync.ErrorCode;
import dev.autosync.core.text.Untrusted;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the rules answered, checked, bounded and neutralised. A rule that throws or answers nonsense is a warning.
 *
 * <p>For one thread.
 */
final class FoundSuggestions {
    private static final Logger LOG = LoggerFactory.getLogger(FoundSuggestions.class);

    /** How many UTF-16 units a key, a name of a series and a text may have. */
    static final int MAX_NAME = 200;
    static final int MAX_TEXT = 500;

    /** How many suggestions a rule may make, how much evidence a suggestion may have, and how many events that. */
    static final int MAX_SUGGESTIONS = 20;
    static final int MAX_EVIDENCE = 10;
    static final int MAX_EVENTS = 50;

    private final ImprovementContext context;
    private final List<String> warnings;
    private final Map<String, ImprovementRule> rules = new LinkedHashMap<>();
    private final Set<String> looked = new LinkedHashSet<>();
    private final Map<String, Suggestion> byKey = new LinkedHashMap<>();

    private FoundSuggestions(ImprovementContext context, List<String> warnings) {
        this.context = context;
        this.warnings = warnings;
    }

    /** Asks every rule; warnings are added to a list. */
    static FoundSuggestions by(List<ImprovementRule> rules, ImprovementContext context, List<String> warnings) {
        FoundSuggestions found = new FoundSuggestions(context, warnings);
        rules.forEach(found::ask);
        return found;
    }

    /** The suggestions by their keys. */
    Map<String, Suggestion> byKey() {
        return byKey;
    }

    /** The names of all rules. */
    Set<String> rules() {
        return rules.keySet();
    }

    /** Whether a rule has looked, so that what it did not find is not there. */
    boolean looked(String rule) {
        return looked.contains(rule);
    }

    /**
     * Whether the rule of an earlier suggestion says that it was acted on.
     *
     * @param otherwise what to take it for if the rule is not there or throws
     */
    boolean adopted(Suggestion suggestion, boolean otherwise) {
        ImprovementRule rule = rules.get(suggestion.rule());
        if (rule == null) {
            return otherwise;
        }
        try {
            return rule.adopted(suggestion, context);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            warn(suggestion.rule(), e);
            return otherwise;
        }
    }

    private void ask(ImprovementRule rule) {
        String name = rule.getClass().getName();
        try {
            name = Objects.requireNonNull(rule.name(), "the rule has no name");
            rules.put(name, rule);
            List<Suggestion> suggestions = new ArrayList<>();
            int answers = 0;
            for (@Nullable Suggestion suggestion : rule.examine(context)) {
                if (++answers > MAX_SUGGESTIONS) {
                    nonsense(name, "more than " + MAX_SUGGESTIONS + " suggestions");
                    break;
                }
                if (suggestion == null || !suggestion.rule().equals(name)) {
                    nonsense(name, suggestion == null ? "null" : "a suggestion with the key '" + suggestion.key()
                            + "', which does not begin with the rule's name");
                } else {
                    suggestions.add(bounded(suggestion));
                }
            }
            suggestions.forEach(suggestion -> byKey.putIfAbsent(suggestion.key(), suggestion));
            looked.add(name);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            warn(name, e);
        }
    }

    /** The same on single lines that are not too long, with evidence that is not too much. */
    private static Suggestion bounded(Suggestion suggestion) {
        List<Evidence> evidence = suggestion.evidence().stream().limit(MAX_EVIDENCE)
                .map(part -> Evidence.of(Untrusted.line(part.text(), MAX_TEXT), part.events().stream().limit(MAX_EVENTS).toList())).toList();
        Suggestion bounded = Suggestion.of(Untrusted.line(suggestion.key(), MAX_NAME), Untrusted.line(suggestion.problem(), MAX_TEXT),
                Untrusted.line(suggestion.solution(), MAX_TEXT), suggestion.score(), evidence);
        return suggestion.watches().map(series -> bounded.watches(Untrusted.line(series, MAX_NAME))).orElse(bounded);
    }

    private void nonsense(String rule, String what) {
        warnings.add(Untrusted.line("the improvement rule '" + rule + "' answered " + what + "; that is left out", MAX_TEXT));
    }

    private void warn(String rule, Throwable e) {
        LOG.warn("The improvement rule {} failed [{}]", Untrusted.line(rule, MAX_NAME), ErrorCode.PLUGIN_FAILED.id(), e);
        warnings.add(Untrusted.line("the improvement rule '" + rule + "' failed: " + e, MAX_TEXT));
    }
}
