package dev.autosync.examples;

import dev.autosync.retry.Attempt;
import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryBudget;
import dev.autosync.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;

/** Retry without an engine. */
final class RetryExample {
    private RetryExample() {}

    /** Something that fails now and then. */
    interface Forge {
        String get(Duration timeout) throws IOException;
    }

    static String fetch(Forge forge) throws IOException, InterruptedException {
        // @start region="retry"
        RetryBudget shared = RetryBudget.of(10); // one for each other side, for all its callers
        Retry retry = Retry.of(RetryPolicy.exponential(Duration.ofMillis(100)).cap(Duration.ofSeconds(5)).attempts(6)
                .deadline(Duration.ofMinutes(2)).budget(shared).on(IOException.class));
        String answer = retry.call((Attempt attempt) -> forge.get(attempt.deadline().remaining()));
        // @end
        return answer;
    }
}
