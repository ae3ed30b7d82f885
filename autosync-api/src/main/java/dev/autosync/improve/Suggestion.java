package dev.autosync.improve;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem that the history shows, and a way out of it.
 *
 * <p>Made by improvement rules. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Suggestion {
    private final String key;
    private final String problem;
    private final String solution;
    private final ImpactScore score;
    private final List<Evidence> evidence;
    private final @Nullable String watches;

    private Suggestion(String key, String problem, String solution, ImpactScore score, List<Evidence> evidence, @Nullable String watches) {
        this.key = key;
        this.problem = problem;
        this.solution = solution;
        this.score = score;
        this.evidence = evidence;
        this.watches = watches;
    }

    /**
     * A suggestion that watches no series.
     *
     * @param key the rule's name, or the rule's name, a colon and what it is about: the same in every cycle that finds the same trouble
     * @param problem what is wrong; one line
     * @param solution what to do; one line
     * @param score what it is worth
     * @param evidence what it rests on, at least one
     * @return the suggestion
     * @throws IllegalArgumentException if the key or a text is blank, or there is no evidence
     */
    public static Suggestion of(String key, String problem, String solution, ImpactScore score, List<Evidence> evidence) {
        if (key.isBlank() || problem.isBlank() || solution.isBlank()) {
            throw new IllegalArgumentException("key, problem and solution must not be blank");
        }
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("evidence must not be empty: no suggestion without");
        }
        return new Suggestion(key, problem, solution, Objects.requireNonNull(score, "score"), List.copyOf(evidence), null);
    }

    /**
     * The same suggestion with the series that will show whether it has helped.
     *
     * @param series the series' name
     * @return a new suggestion
     */
    public Suggestion watches(String series) {
        return new Suggestion(key, problem, solution, score, evidence, Objects.requireNonNull(series, "series"));
    }

    /**
     * The same suggestion with another score.
     *
     * @param score what it is worth
     * @return a new suggestion
     */
    public Suggestion score(ImpactScore score) {
        return new Suggestion(key, problem, solution, Objects.requireNonNull(score, "score"), evidence, watches);
    }

    /**
     * What makes it known again.
     *
     * @return the rule's name, perhaps with a colon and what it is about; may hold untrusted text
     */
    public String key() {
        return key;
    }

    /**
     * The rule that made it.
     *
     * @return the key up to its first colon
     */
    public String rule() {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    /**
     * What is wrong.
     *
     * @return one line; may hold untrusted text
     */
    public String problem() {
        return problem;
    }

    /**
     * What to do.
     *
     * @return one line; may hold untrusted text
     */
    public String solution() {
        return solution;
    }

    /**
     * What it is worth.
     *
     * @return the score
     */
    public ImpactScore score() {
        return score;
    }

    /**
     * What it rests on.
     *
     * @return at least one
     */
    public List<Evidence> evidence() {
        return evidence;
    }

    /**
     * The series that will show whether it has helped.
     *
     * @return a name; empty if none will
     */
    public Optional<String> watches() {
        return Optional.ofNullable(watches);
    }

    @Override
    public String toString() {
        return key + ": " + problem + " -> " + solution;
    }
}
