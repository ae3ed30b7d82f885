package dev.autosync.spi;

import dev.autosync.improve.Suggestion;
import java.util.List;

/**
 * Knows one kind of trouble, its signs in the history, and a way out.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that called the engine. What it throws becomes a
 * warning of the report; it cannot fail a cycle. It must be a function of what the context gives: the same history gives the same suggestions.
 *
 * @since 0.1.0
 */
public interface ImprovementRule {

    /**
     * The name, in which the keys of its suggestions begin.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Looks for the trouble.
     *
     * @param context the history and what is known of the engine
     * @return a suggestion for each trouble that there is evidence of; none without evidence
     */
    List<Suggestion> examine(ImprovementContext context);

    /**
     * Whether a suggestion of this rule has been acted on, where that shows by itself.
     *
     * @param suggestion one that this rule made in an earlier cycle
     * @param context the history and what is known of the engine
     * @return false unless overridden: then only the configuration says so
     */
    default boolean adopted(Suggestion suggestion, ImprovementContext context) {
        return false;
    }
}
