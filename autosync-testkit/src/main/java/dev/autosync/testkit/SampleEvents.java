package dev.autosync.testkit;

import dev.autosync.spi.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Events for tests of stores.
 *
 * <p>Called by tests. Threads: no state. The same seed always gives the same events.
 *
 * @since 0.1.0
 */
public final class SampleEvents {
    private static final Instant START = Instant.parse("2026-11-23T11:50:34.123Z");
    private static final List<String> PIECES = List.of("", " ", "a", "A", "\"", "\\", "'", "''; DROP TABLE events; --", "%", "_", "\n", "\r", "\t",
            "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00e4", "e\u0301", "\u2028", "\u202e", "\ufeff", "\ufffd", "\ufffe", "\0", "\ud800", "\udc00",
            "\ud83d\ude80", "\u65e5\u672c\u8a9e", "</script>", "{\"a\":[1]}", "\\u0000", "NaN", "null", "1e400", "$1", "?1", ":x");
    private static final double[] NUMBERS = {0.0, -0.0, 1, -1, 0.1, 1.0 / 3, 1e21, 9007199254740993.0, Double.MIN_VALUE, -Double.MIN_VALUE,
            Double.MIN_NORMAL, 2.2250738585072011e-308, Double.MAX_VALUE, -Double.MAX_VALUE, Math.PI};
    private static final List<Instant> TIMES = List.of(Instant.EPOCH, Instant.EPOCH.minusMillis(1), START, START.plusMillis(1),
            Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

    private SampleEvents() {}

    /**
     * Events as cycles leave them behind.
     *
     * @param seed chooses them
     * @param count how many, 0 or more
     * @return the events, 20 a cycle, times rising
     */
    public static List<Event> ordinary(long seed, int count) {
        Random random = new Random(seed);
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> {
            String cycle = "cycle-" + i / 20;
            Instant at = START.plusSeconds(i);
            return switch (i % 4) {
                case 0 -> Event.of(cycle, "test-run", "run-" + i % 3, at, Map.of("seconds", random.nextDouble() * 600, "tests", 812.0),
                        "{\"verdict\":\"green\",\"reason\":\"812 tests passed\",\"content\":\"" + Long.toHexString(random.nextLong()) + "\"}");
                case 1 -> Event.of(cycle, "patch", "patch-" + random.nextInt(1000), at, Map.of(),
                        "{\"outcome\":\"applied\",\"format\":\"unified-diff\",\"paths\":[\"src/A" + random.nextInt(100) + ".java\"]}");
                case 2 -> Event.of(cycle, "kpi", "coverage", at, Map.of("value", 80 + random.nextGaussian(), "weight", 2.0),
                        "{\"unit\":\"%\",\"direction\":\"up\"}");
                default -> Event.of(cycle, "phase", "gate", at, Map.of("seconds", random.nextDouble()), "{}");
            };
        }).toList();
    }

    /**
     * Events that are hard to keep: text with every kind of character and quoting, payloads that are no JSON, numbers at both ends of
     * the range, times of the years 1 to 9999 to the millisecond.
     *
     * @param seed chooses them
     * @param count how many, 0 or more
     * @return the events
     */
    public static List<Event> hostile(long seed, int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> hostile(random)).limit(count).toList();
    }

    private static Event hostile(Random random) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            double any = Double.longBitsToDouble(random.nextLong());
            numbers.put(text(random), random.nextBoolean() || !Double.isFinite(any) ? NUMBERS[random.nextInt(NUMBERS.length)] : any);
        }
        return Event.of(text(random), text(random), text(random), TIMES.get(random.nextInt(TIMES.size())), numbers,
                text(random).replace('\n', ' ').replace('\r', ' '));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
