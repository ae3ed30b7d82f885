package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.CyclePhase;
import dev.autosync.ErrorCode;
import dev.autosync.core.journal.Recovery;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.text.Words;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.Reproduction;
import dev.autosync.spi.Event;
import dev.autosync.testing.TestResult;
import dev.autosync.trend.Kpi;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns what happened in a cycle into events; {@code docs/events.md} lists their kinds. */
final class Events {
    static final String TEST_RUN = "test-run";
    static final String PATCH = "patch";
    static final String LANDED = "landed";

    private static final int MAX_FAILURES = 200;
    private static final int FILES_PER_EVENT = 500;

    private final String cycle;
    private final Clock clock;

    Events(String cycle, Clock clock) {
        this.cycle = cycle;
        this.clock = clock;
    }

    /**
     * What is to be remembered of patches beside what became of them.
     *
     * @param risk how likely one that touches some files was thought to be bad before it was run; empty if nobody knew
     * @param files the files that one touches, as far as that is known
     */
    record Notes(BiFunction<Patch, List<String>, OptionalDouble> risk, Function<PatchOutcome, List<String>> files) {}

    /** What was decided about a batch: an event for each run of the tests and for each patch, and the files that hold something else. */
    List<Event> batch(BatchReport batch, List<Transaction.Change> changes, Notes notes) {
        List<Event> events = new ArrayList<>();
        Map<String, List<String>> intermittent = intermittent(batch);
        Set<String> open = open(batch);
        batch.runs().forEach(run -> events.add(testRun(run, open.contains(run.content()), run.patches().stream().flatMap(patch -> intermittent.getOrDefault(patch, List.of()).stream())
                .distinct().limit(MAX_FAILURES).toList())));
        Map<String, Integer> greens = greens(batch);
        batch.outcomes().forEach(outcome -> events.add(patch(batch, outcome, greens.getOrDefault(outcome.patch().id(), 0), notes)));
        for (int from = 0; from < changes.size(); from += FILES_PER_EVENT) {
            events.add(landed(changes.subList(from, Math.min(changes.size(), from + FILES_PER_EVENT))));
        }
        return events;
    }

    /** What fails now and then with patches, and not without them. */
    private static Map<String, List<String>> intermittent(BatchReport batch) {
        Map<String, List<String>> tests = new HashMap<>();
        for (PatchOutcome outcome : batch.outcomes()) {
            if (outcome instanceof PatchOutcome.Undecided undecided && !undecided.intermittent().isEmpty()) {
                tests.put(outcome.patch().id(), undecided.intermittent());
            }
        }
        return tests;
    }

    /** The contents that were green as well as red and of which a patch is not decided: whether the red runs were false nobody knows. */
    private static Set<String> open(BatchReport batch) {
        Set<String> undecided = batch.outcomes(PatchOutcome.Kind.UNDECIDED).stream().map(outcome -> outcome.patch().id()).collect(Collectors.toSet());
        Set<String> green = new HashSet<>();
        Set<String> red = new HashSet<>();
        for (BatchRun run : batch.runs()) {
            if (!run.content().isEmpty() && run.run().verdict().evidence() && !Collections.disjoint(run.patches(), undecided)) {
                (run.run().green() ? green : red).add(run.content());
            }
        }
        green.retainAll(red);
        return green;
    }

    /** In how many green runs of all tests each patch was. */
    private static Map<String, Integer> greens(BatchReport batch) {
        Map<String, Integer> greens = new HashMap<>();
        batch.runs().stream().filter(run -> run.run().green() && !run.isPartial()).forEach(run -> run.patches().forEach(patch -> greens.merge(patch, 1, Integer::sum)));
        return greens;
    }

    private Event landed(List<Transaction.Change> files) {
        return event(LANDED, "", Map.of("files", (double) files.size()), JsonOut.line(out -> out.objects("files", files, (json, file) -> json
                .text("path", file.path())
                .text("before", file.before())
                .text("after", file.after()))));
    }

    /** How long phases took. */
    List<Event> phases(Map<CyclePhase, Duration> phases) {
        List<Event> events = new ArrayList<>();
        phases.forEach((phase, duration) -> events.add(event("phase", phase.name().toLowerCase(Locale.ROOT),
                Map.of("seconds", seconds(duration)), "{}")));
        return events;
    }

    /** The figures that were watched. */
    List<Event> kpis(List<Kpi> kpis) {
        List<Event> events = new ArrayList<>();
        for (Kpi kpi : kpis) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put("value", kpi.value());
            numbers.put("weight", kpi.weight());
            kpi.target().ifPresent(target -> numbers.put("target", target));
            events.add(event("kpi", kpi.name(), numbers, JsonOut.line(out -> out
                    .text("unit", kpi.unit())
                    .text("direction", kpi.direction().name().toLowerCase(Locale.ROOT))
                    .bool("met", kpi.met()))));
        }
        return events;
    }

    /** The cycle as a whole. */
    Event cycle(CycleReport report, Duration lockWait) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("seconds", seconds(report.duration()));
        numbers.put("lockWaitSeconds", seconds(lockWait));
        numbers.put("patches", (double) report.batch().outcomes().size());
        for (PatchOutcome.Kind kind : PatchOutcome.Kind.values()) {
            int count = report.batch().outcomes(kind).size();
            if (count > 0) {
                numbers.put(name(kind), (double) count);
            }
        }
        numbers.put("testRuns", (double) report.batch().runs().size());
        numbers.put("retries", (double) repeats(report.batch()));
        numbers.put("testRunsOneByOne", (double) report.batch().runsOneByOne());
        numbers.put("files", (double) report.after().files());
        numbers.put("bytes", (double) report.after().bytes());
        return event("cycle", report.green() ? "green" : "red", numbers, JsonOut.line(out -> out
                .text("before", report.before().contentHash())
                .text("after", report.after().contentHash())
                .texts("warnings", report.warnings())));
    }

    /** How many runs were on a content that had been tested in the same cycle before. */
    private static long repeats(BatchReport batch) {
        List<String> known = batch.runs().stream().map(BatchRun::content).filter(content -> !content.isEmpty()).toList();
        return known.size() - known.stream().distinct().count();
    }

    /** A cycle that ended with a failure, after the batch was undone. */
    Event failed(Exception failure, Duration duration) {
        String code = failure instanceof AutoSyncException e ? e.code().id()
                : failure instanceof InterruptedException ? "interrupted" : ErrorCode.INTERNAL.id();
        return event("cycle", "failed", Map.of("seconds", seconds(duration)), JsonOut.line(out -> out
                .text("code", code)
                .text("message", String.valueOf(failure.getMessage()))));
    }

    /** What a dead process had left behind. */
    Event recovery(Recovery.Result result) {
        return event("recovery", result.transaction(), Map.of("written", (double) result.written().size(),
                "foreign", (double) result.foreign().size()), JsonOut.line(out -> out
                .text("transaction", result.committed() ? "kept" : "undone")
                .texts("written", result.written())
                .texts("foreign", result.foreign())));
    }

    /** Events as the text that the journal keeps. */
    static String encode(List<Event> events) {
        return JsonOut.line(out -> out.objects("events", events, (json, event) -> json
                .text("cycle", event.cycle())
                .text("kind", event.kind())
                .text("subject", event.subject())
                .text("at", event.at().toString())
                .object("numbers", numbers -> event.numbers().forEach(numbers::number))
                .text("payload", event.payload())));
    }

    /** Events from the text that the journal keeps. */
    static List<Event> decode(String text) {
        try {
            return decodeAll(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new AutoSyncException(ErrorCode.JOURNAL_DAMAGED, "Cannot read the events in the journal: " + e.getMessage(), e);
        }
    }

    private static List<Event> decodeAll(String text) {
        List<Event> events = new ArrayList<>();
        JsonNode json = JsonText.parse(text, "journal", ErrorCode.JOURNAL_DAMAGED);
        for (JsonNode node : JsonSection.of(json).elements("events")) {
            JsonSection event = JsonSection.of(node);
            Map<String, Double> numbers = new LinkedHashMap<>();
            event.required("numbers").members()
                    .forEach(member -> numbers.put(member.name(), Double.valueOf(member.value().raw())));
            events.add(Event.of(event.requiredString("cycle"), event.requiredString("kind"), event.requiredString("subject"),
                    Instant.parse(event.requiredString("at")), numbers, event.requiredString("payload")));
        }
        return events;
    }

    /** An outcome as events, schemas and reports name it. */
    static String name(PatchOutcome.Kind kind) {
        return Words.of(kind);
    }

    private Event testRun(BatchRun run, boolean open, List<String> intermittent) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("seconds", seconds(run.run().duration()));
        numbers.put("tests", (double) run.run().results().size());
        numbers.put("failed", (double) run.run().failures().size());
        numbers.put("patches", (double) run.patches().size());
        return event(TEST_RUN, run.number() == 0 ? "baseline" : "run-" + run.number(), numbers, JsonOut.line(out -> {
            out.text("verdict", run.run().verdict().name().toLowerCase(Locale.ROOT))
                    .text("reason", run.run().reason())
                    .text("content", run.content())
                    .texts("patches", run.patches())
                    .texts("failures", ids(run, TestResult.Status.FAILED))
                    .texts("skipped", ids(run, TestResult.Status.SKIPPED));
            if (!intermittent.isEmpty()) {
                out.texts("intermittent", intermittent);
            }
            if (open) {
                out.bool("open", true);
            }
        }));
    }

    private static List<String> ids(BatchRun run, TestResult.Status status) {
        return run.run().results().stream().filter(test -> test.status() == status).map(TestResult::id).limit(MAX_FAILURES).toList();
    }

    private Event patch(BatchReport batch, PatchOutcome outcome, int greens, Notes notes) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("bytes", (double) outcome.patch().size());
        if (outcome instanceof PatchOutcome.Applied || outcome instanceof PatchOutcome.Blamed) {
            numbers.put("greens", (double) greens);
        }
        List<String> files = notes.files().apply(outcome);
        notes.risk().apply(outcome.patch(), files).ifPresent(risk -> numbers.put("risk", risk));
        return event(PATCH, outcome.patch().id(), numbers, JsonOut.line(out -> {
            out.text("outcome", name(outcome.kind()))
                    .text("reason", outcome.reason())
                    .text("format", outcome.patch().format())
                    // As it was before checksums had versions: an earlier release reads this one.
                    .text("checksum", LandedPatches.bare(outcome.patch().checksum()))
                    .texts("checksums", List.of(batch.checksum(outcome.patch())));
            if (!outcome.patch().author().isEmpty()) {
                out.text("author", outcome.patch().author());
            }
            if (!files.isEmpty()) {
                out.texts("files", files);
            }
            if (outcome instanceof PatchOutcome.Applied applied) {
                out.texts("paths", applied.paths());
                if (!applied.needsOneOf().isEmpty()) {
                    out.texts("needsOneOf", applied.needsOneOf());
                }
            } else if (outcome instanceof PatchOutcome.Refused refused) {
                out.text("code", refused.code().id());
                if (!refused.place().isEmpty()) {
                    out.text("place", refused.place());
                }
            } else if (outcome instanceof PatchOutcome.AlreadyApplied already) {
                already.cycle().ifPresent(earlier -> out.text("landedIn", earlier));
                already.twin().ifPresent(twin -> out.text("twin", twin));
            } else if (outcome instanceof PatchOutcome.Ambiguous ambiguous) {
                out.texts("places", ambiguous.places());
            } else if (outcome instanceof PatchOutcome.Conflicted conflicted) {
                conflicted.nearest().ifPresent(nearest -> out.text("nearest", nearest.toString()));
            } else if (outcome instanceof PatchOutcome.Blamed blamed) {
                out.number("runWithout", blamed.blame().runWithout())
                        .number("runWith", blamed.blame().runWith())
                        .texts("failures", blamed.blame().failures().stream().map(TestResult::id).limit(MAX_FAILURES).toList())
                        .number("probability", blamed.blame().probability())
                        .numbers("runs", blamed.blame().runs().stream().map(Long::valueOf).toList());
                blamed.blame().reproduction().ifPresent(smallest -> out.object("reproduction", json -> reproduction(json, smallest)));
            } else if (outcome instanceof PatchOutcome.Dropped dropped) {
                out.texts("because", dropped.because());
            } else if (outcome instanceof PatchOutcome.Undecided undecided && !undecided.intermittent().isEmpty()) {
                out.texts("intermittent", undecided.intermittent().stream().limit(MAX_FAILURES).toList());
            }
        }));
    }

    private static void reproduction(JsonOut json, Reproduction smallest) {
        json.texts("patches", smallest.patches()).text("content", smallest.content()).number("run", smallest.run()).bool("minimal", smallest.isMinimal());
    }

    private Event event(String kind, String subject, Map<String, Double> numbers, String payload) {
        return Event.of(cycle, kind, subject, clock.instant(), numbers, payload);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
