package dev.autosync.core.report;

import dev.autosync.SnapshotSummary;
import dev.autosync.SyncReport;
import dev.autosync.core.json.JsonOut;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.Reproduction;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.trend.Kpi;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * Writes {@code dashboard.json}, the cycle as {@code dashboard.schema.json} describes it; {@code test_results.json}, every test of its runs;
 * {@code lessons_learned.json}, every lesson; and {@code feedback_loop.json}, what came of those that were adopted. Each has the schema of
 * its name.
 */
final class JsonReporter implements Reporter {
    static final String DASHBOARD = "dashboard.json";
    static final String TEST_RESULTS = "test_results.json";

    /* What a verdict may depend on and is no secret. */
    private static final List<String> ENVIRONMENT = List.of("os.name", "os.version", "os.arch", "java.version", "java.vendor", "file.encoding");

    private static final int MAX_LINES = 50;

    @Override
    public void report(SyncReport report, ReportOutput output) throws IOException {
        output.file(DASHBOARD, dashboard(report));
        output.file(TEST_RESULTS, testResults(report));
        output.file(JsonLessons.LESSONS, JsonLessons.lessons(report));
        output.file(JsonLessons.FEEDBACK, JsonLessons.feedback(report));
    }

    private static String dashboard(SyncReport report) {
        return JsonOut.text(out -> out
                .number("version", 1)
                .text("title", report.title())
                .text("cycle", report.cycle())
                .text("startedAt", report.startedAt().toString())
                .seconds("seconds", report.duration())
                .bool("green", report.green())
                .object("phaseSeconds", phases -> report.phases()
                        .forEach((phase, duration) -> phases.seconds(Labels.word(phase), duration)))
                .object("before", snapshot -> snapshot(snapshot, report.before()))
                .object("after", snapshot -> snapshot(snapshot, report.after()))
                .objects("kpis", report.kpis(), JsonReporter::kpi)
                .objects("patches", report.batch().outcomes(), (json, outcome) -> patch(json, report.batch(), outcome))
                .number("testRuns", report.batch().runs().size())
                .number("testRunsOneByOne", report.batch().runsOneByOne())
                .objects("restored", report.batch().restored(), JsonReporter::restored)
                .texts("flakyTests", report.batch().flakyTests())
                .objects("combinations", report.batch().combinations(), JsonReporter::reproduction)
                .object("history", history -> JsonHistory.write(history, report.trends()))
                .objects("suggestions", Lessons.open(report, Lessons.FEW), JsonLessons::lesson)
                .objects("feedback", Lessons.adopted(report), JsonLessons::feedback)
                .texts("foreignChanges", report.batch().foreignChanges())
                .objects("testChanges", report.batch().testChanges(), JsonReporter::testChange)
                .texts("warnings", report.warnings()));
    }

    private static void testChange(JsonOut out, TestChange change) {
        out.text("path", change.path()).text("treatment", Labels.word(change.treatment())).text("reason", change.reason());
        change.saved().ifPresent(place -> out.text("saved", place));
    }

    private static String testResults(SyncReport report) {
        return JsonOut.text(out -> out
                .number("version", 1)
                .text("cycle", report.cycle())
                .object("environment", JsonReporter::environment)
                .objects("runs", attempts(report.batch().runs()), JsonReporter::run));
    }

    private static void environment(JsonOut out) {
        for (String property : ENVIRONMENT) {
            out.text(property, System.getProperty(property, ""));
        }
        out.text("locale", Locale.getDefault().toLanguageTag())
                .text("timeZone", TimeZone.getDefault().getID())
                .number("processors", Runtime.getRuntime().availableProcessors());
    }

    /**
     * A run and how often what it tested has been tested in the cycle.
     *
     * @param number 1 for the first run on a content, and for one whose content is not known
     */
    private record Attempt(BatchRun run, int number) {}

    private static List<Attempt> attempts(List<BatchRun> runs) {
        Map<String, Integer> made = new HashMap<>();
        return runs.stream().map(run -> new Attempt(run, run.content().isEmpty() ? 1 : made.merge(run.content(), 1, Integer::sum))).toList();
    }

    private static void snapshot(JsonOut out, SnapshotSummary snapshot) {
        out.text("contentHash", snapshot.contentHash()).number("files", snapshot.files()).number("bytes", snapshot.bytes());
    }

    private static void kpi(JsonOut out, Kpi kpi) {
        out.text("name", kpi.name()).number("value", kpi.value()).text("unit", kpi.unit()).number("weight", kpi.weight());
        kpi.target().ifPresent(target -> out.number("target", target)
                .text("direction", Labels.word(kpi.direction())).bool("met", kpi.met()));
    }

    private static void patch(JsonOut out, BatchReport batch, PatchOutcome outcome) {
        out.text("id", outcome.patch().id())
                .text("format", outcome.patch().format())
                .text("outcome", Labels.word(outcome.kind()))
                .text("reason", outcome.reason())
                .text("checksum", batch.checksum(outcome.patch()));
        if (!outcome.patch().author().isEmpty()) {
            out.text("author", outcome.patch().author());
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
            already.cycle().ifPresent(cycle -> out.text("landedIn", cycle));
            already.twin().ifPresent(twin -> out.text("twin", twin));
        } else if (outcome instanceof PatchOutcome.Conflicted conflicted) {
            conflicted.nearest().ifPresent(nearest -> out.object("nearest", json -> json.text("path", nearest.path()).number("line", nearest.line())
                    .texts("expected", shown(nearest.expected())).texts("found", shown(nearest.found()))));
        } else if (outcome instanceof PatchOutcome.Ambiguous ambiguous) {
            out.texts("places", ambiguous.places());
        } else if (outcome instanceof PatchOutcome.Dropped dropped) {
            out.texts("because", dropped.because());
        } else if (outcome instanceof PatchOutcome.Undecided undecided) {
            if (!undecided.intermittent().isEmpty()) {
                out.texts("intermittent", undecided.intermittent());
            }
        } else if (outcome instanceof PatchOutcome.Blamed blamed) {
            out.number("runWithout", blamed.blame().runWithout())
                    .number("runWith", blamed.blame().runWith())
                    .objects("failures", blamed.blame().failures(), JsonReporter::test)
                    .number("probability", blamed.blame().probability())
                    .numbers("runs", blamed.blame().runs().stream().map(Long::valueOf).toList());
            blamed.blame().reproduction().ifPresent(smallest -> out.object("reproduction", json -> reproduction(json, smallest)));
        }
    }

    private static void reproduction(JsonOut json, Reproduction smallest) {
        json.texts("patches", smallest.patches()).text("content", smallest.content()).number("run", smallest.run()).bool("minimal", smallest.isMinimal());
    }

    private static List<String> shown(List<String> lines) {
        return lines.stream().limit(MAX_LINES).toList();
    }

    private static void restored(JsonOut out, RestoredFile file) {
        out.text("path", file.path()).text("before", file.before().orElse(null)).text("after", file.after().orElse(null))
                .bool("same", file.same());
    }

    private static void run(JsonOut out, Attempt attempt) {
        BatchRun run = attempt.run();
        TestRun tests = run.run();
        out.number("number", run.number())
                .texts("patches", run.patches())
                .text("content", run.content())
                .number("attempt", attempt.number())
                .bool("partial", run.isPartial())
                .text("verdict", Labels.word(tests.verdict()))
                .text("reason", tests.reason())
                .seconds("seconds", tests.duration())
                .object("seeds", seeds -> tests.seeds().forEach(seeds::text))
                .objects("tests", tests.results(), JsonReporter::test);
    }

    private static void test(JsonOut out, TestResult test) {
        out.text("id", test.id())
                .text("status", Labels.word(test.status()))
                .seconds("seconds", test.duration())
                .number("attempts", test.attempts());
        if (!test.message().isEmpty()) {
            out.text("message", test.message());
        }
    }
}
