package dev.autosync.publish;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connector published in one cycle.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PublicationResult {
    private final String connector;
    private final PublicationOutcome outcome;
    private final int files;
    private final int attempts;
    private final @Nullable CiRun ciRun;

    private PublicationResult(String connector, PublicationOutcome outcome, int files, int attempts, @Nullable CiRun ciRun) {
        this.connector = connector;
        this.outcome = outcome;
        this.files = files;
        this.attempts = attempts;
        this.ciRun = ciRun;
    }

    /**
     * A result.
     *
     * @param connector the connector's name
     * @param outcome what came of it
     * @param files how many changed files there were to publish
     * @param attempts how often it was tried, 0 or more
     * @param ciRun the run that was started on it; null if none was
     * @return the result
     */
    public static PublicationResult of(String connector, PublicationOutcome outcome, int files, int attempts, @Nullable CiRun ciRun) {
        return new PublicationResult(Objects.requireNonNull(connector, "connector"), Objects.requireNonNull(outcome, "outcome"), files,
                attempts, ciRun);
    }

    /**
     * The connector.
     *
     * @return its name in the configuration
     */
    public String connector() {
        return connector;
    }

    /**
     * What came of it.
     *
     * @return the outcome
     */
    public PublicationOutcome outcome() {
        return outcome;
    }

    /**
     * How many changed files there were to publish.
     *
     * @return 0 or more
     */
    public int files() {
        return files;
    }

    /**
     * How often it was tried.
     *
     * @return 0 if planning showed that there was nothing to do
     */
    public int attempts() {
        return attempts;
    }

    /**
     * The run that was started on it.
     *
     * @return empty if none was
     */
    public Optional<CiRun> ciRun() {
        return Optional.ofNullable(ciRun);
    }

    @Override
    public String toString() {
        return connector + ": " + outcome;
    }
}
