package dev.autosync.core.testing;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run of the tests as members of a JSON object, without its verdict and its output. */
public final class TestRunText {
    private TestRunText() {}

    /** Writes a run. */
    public static void write(JsonOut out, TestRun run) {
        out.text("reason", run.reason())
                .text("duration", run.duration().toString())
                .objects("tests", run.results(), (test, result) -> test
                        .text("id", result.id())
                        .text("status", result.status().name())
                        .text("duration", result.duration().toString())
                        .text("message", result.message())
                        .number("attempts", result.attempts()));
        if (!run.complete()) {
            out.bool("incomplete", true);
        }
    }

    /**
     * Reads a run.
     *
     * @param verdict its verdict
     * @throws IllegalArgumentException if it is no run
     * @throws DateTimeException if a duration is none
     * @throws dev.autosync.AutoSyncException if something is missing
     */
    public static TestRun read(JsonSection json, Verdict verdict) {
        List<TestResult> results = new ArrayList<>();
        for (JsonNode node : json.elements("tests")) {
            JsonSection test = JsonSection.of(node);
            results.add(TestResult.of(test.requiredString("id"), TestResult.Status.valueOf(test.requiredString("status")),
                    Duration.parse(test.requiredString("duration")), test.requiredString("message"))
                    .withAttempts(test.integer("attempts", 1, Integer.MAX_VALUE).orElse(1L).intValue()));
        }
        TestRun run = TestRun.of(verdict, json.requiredString("reason"), results, Duration.parse(json.requiredString("duration")));
        return json.bool("incomplete").orElse(false) ? run.incomplete() : run;
    }
}
