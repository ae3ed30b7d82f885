package dev.autosync.core.engine;

import dev.autosync.core.json.JsonSection;
import dev.autosync.retry.Jitter;
import dev.autosync.retry.RetryPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How often calls of connectors are made again, as {@code core_config.json} says it. */
final class RetrySettings {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final int ATTEMPTS = 3;
    private static final Duration CAP = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MOST_ATTEMPTS = 100;

    private RetrySettings() {}

    static RetryPolicy ofDefaults() {
        return policy(FIRST, CAP, ATTEMPTS, Jitter.FULL, DEADLINE);
    }

    static RetryPolicy read(JsonSection section) {
        Duration first = section.duration("first").orElse(FIRST);
        Optional<Duration> cap = section.duration("cap");
        if (cap.isPresent() && cap.get().compareTo(first) < 0) {
            throw section.invalid("cap", "must not be below the first delay, " + first);
        }
        RetryPolicy policy = policy(first, cap.orElse(first.compareTo(CAP) > 0 ? first : CAP),
                section.integer("attempts", 1, MOST_ATTEMPTS).map(Long::intValue).orElse(ATTEMPTS),
                section.string("jitter").map(name -> jitter(section, name)).orElse(Jitter.FULL), section.duration("deadline").orElse(DEADLINE));
        section.done();
        return policy;
    }

    private static RetryPolicy policy(Duration first, Duration cap, int attempts, Jitter jitter, Duration deadline) {
        return RetryPolicy.exponential(first).cap(cap).attempts(attempts).jitter(jitter).deadline(deadline);
    }

    private static Jitter jitter(JsonSection section, String name) {
        return Arrays.stream(Jitter.values()).filter(jitter -> jitter.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                .orElseThrow(() -> section.invalid("jitter", "'" + name + "' is none of none, equal, full, decorrelated"));
    }
}
