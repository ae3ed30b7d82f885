package dev.autosync.bench.store;

import dev.autosync.spi.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A year of events: evenly spread, of five kinds and a thousand subjects, one in seventeen of them not ok. What the whole of it comes to is known, see
 * {@link Trend#EXPECTED}.
 */
final class SampleHistory {
    /** So many fill the year. */
    static final int WHOLE = 1_000_000;

    static final int KINDS = 5;
    static final String OK = "ok";
    static final String MILLIS = "millis";
    static final Instant START = Instant.ofEpochMilli(1_735_689_600_000L);
    static final Duration YEAR = Duration.ofDays(365);
    static final Instant LAST_90_DAYS = START.plus(Duration.ofDays(275));

    private static final int SUBJECTS = 1000;
    private static final int NOT_OK = 17;
    private static final long STEP = 7919;
    private static final long MOST_MILLIS = 100_000;
    private static final String PAYLOAD = "{\"verdict\":\"green\",\"content\":\"" + "0123456789abcdef".repeat(4) + "\",\"note\":\"a run\"}";

    private final int events;

    /**
     * A history.
     *
     * @param events how many events fill the year
     */
    SampleHistory(int events) {
        this.events = events;
    }

    int events() {
        return events;
    }

    static String kind(long number) {
        return "kind-" + number % KINDS;
    }

    static String subject(long number) {
        return "test-" + number % SUBJECTS;
    }

    static int ok(long number) {
        return number % NOT_OK == 0 ? 0 : 1;
    }

    static long millis(long number) {
        return STEP * number % MOST_MILLIS;
    }

    static String payload() {
        return PAYLOAD;
    }

    Instant at(long number) {
        return START.plusMillis(YEAR.toMillis() / events * number);
    }

    Event event(long number) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(OK, (double) ok(number));
        numbers.put(MILLIS, (double) millis(number));
        return Event.of("cycle-" + number / 20, kind(number), subject(number), at(number), numbers, PAYLOAD);
    }

    List<Event> events(long from, long to) {
        List<Event> some = new ArrayList<>((int) (to - from));
        for (long number = from; number < to; number++) {
            some.add(event(number));
        }
        return some;
    }
}
