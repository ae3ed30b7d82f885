package dev.autosync.testkit;

import dev.autosync.spi.Event;
import dev.autosync.trend.Kpi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What happens in a cycle of a {@link SampleHistory}. What is not told is as in a cycle in which nothing happened: it takes a second, waits
 * for nothing, and finds and leaves the same content.
 *
 * <p>Called by tests. Threads: for one thread.
 *
 * @since 0.1.0
 */
public final class SampleCycle {
    private final String name;
    private final Instant start;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private String before = "a".repeat(64);
    private String after = before;
    private String code = "AS-1901";

    SampleCycle(String name, Instant start) {
        this.name = name;
        this.start = start;
        numbers.put("seconds", 1.0);
        numbers.put("lockWaitSeconds", 0.0);
    }

    /**
     * Sets a number of the cycle as a whole.
     *
     * @param number its name, for example {@code lockWaitSeconds}
     * @param value its value, finite
     * @return this
     */
    public SampleCycle number(String number, double value) {
        numbers.put(Objects.requireNonNull(number, "number"), value);
        return this;
    }

    /**
     * Sets the content of the tree.
     *
     * @param found the content hash before the cycle
     * @param left the content hash after it
     * @return this
     */
    public SampleCycle content(String found, String left) {
        before = Objects.requireNonNull(found, "found");
        after = Objects.requireNonNull(left, "left");
        return this;
    }

    /**
     * Sets the code of a cycle that failed.
     *
     * @param id for example {@code AS-1303}
     * @return this
     */
    public SampleCycle code(String id) {
        code = Objects.requireNonNull(id, "id");
        return this;
    }

    /**
     * Adds a run of the tests.
     *
     * @param run {@code baseline}, {@code run-1}, ...
     * @param seconds how long it took
     * @param content the hash of what was tested; empty if files changed meanwhile
     * @param failures the ids of the tests that failed; none makes it green
     * @return this
     */
    public SampleCycle testRun(String run, double seconds, String content, String... failures) {
        return event("test-run", run, Map.of("seconds", seconds, "tests", 100.0, "failed", (double) failures.length, "patches", 0.0),
                "{\"verdict\":" + text(failures.length == 0 ? "green" : "red") + ",\"reason\":\"\",\"content\":" + text(content)
                        + ",\"patches\":[],\"failures\":" + texts(failures) + ",\"skipped\":[]}");
    }

    /**
     * Adds a patch.
     *
     * @param id its id, which is also taken for its checksum
     * @param outcome for example {@code applied}, {@code conflicted} or {@code blamed}
     * @param failures the tests that convict it, if it is blamed
     * @return this
     */
    public SampleCycle patch(String id, String outcome, String... failures) {
        return event("patch", id, Map.of(), "{\"outcome\":" + text(outcome) + ",\"reason\":\"\",\"format\":\"unified-diff\",\"checksum\":"
                + text(id) + (failures.length == 0 ? "" : ",\"runWithout\":0,\"runWith\":1,\"failures\":" + texts(failures)) + "}");
    }

    /**
     * Adds how long a phase took.
     *
     * @param phase in lower case
     * @param seconds how long it took
     * @return this
     */
    public SampleCycle phase(String phase, double seconds) {
        return event("phase", phase, Map.of("seconds", seconds), "{}");
    }

    /**
     * Adds a KPI.
     *
     * @param kpi the figure
     * @return this
     */
    public SampleCycle kpi(Kpi kpi) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("value", kpi.value());
        values.put("weight", kpi.weight());
        kpi.target().ifPresent(target -> values.put("target", target));
        return event("kpi", kpi.name(), values, "{\"unit\":" + text(kpi.unit()) + ",\"direction\":"
                + text(kpi.direction().name().toLowerCase(Locale.ROOT)) + ",\"met\":" + kpi.met() + "}");
    }

    /**
     * Adds an event as it is.
     *
     * @param kind its kind
     * @param subject its subject
     * @param values its numbers
     * @param payload its payload, on one line; need not be JSON
     * @return this
     */
    public SampleCycle event(String kind, String subject, Map<String, Double> values, String payload) {
        events.add(Event.of(name, kind, subject, start, values, payload));
        return this;
    }

    /** All its events, with that of its end at the end. */
    List<Event> events(String outcome) {
        List<Event> all = new ArrayList<>(events);
        boolean failed = outcome.equals("failed");
        all.add(Event.of(name, "cycle", outcome, start.plus(Duration.ofSeconds(1)),
                failed ? Map.of("seconds", numbers.getOrDefault("seconds", 0.0)) : numbers,
                failed ? "{\"code\":" + text(code) + ",\"message\":\"it failed\"}"
                        : "{\"before\":" + text(before) + ",\"after\":" + text(after) + ",\"warnings\":[]}"));
        return all;
    }

    private static String texts(String... texts) {
        return Arrays.stream(texts).map(SampleCycle::text).collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
            json.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return json.append('"').toString();
    }
}
