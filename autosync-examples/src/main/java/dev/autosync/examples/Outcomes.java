package dev.autosync.examples;

import dev.autosync.SyncReport;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Blame;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints what a cycle did. */
final class Outcomes {
    private static final int TESTS_SHOWN = 3;

    private final Screen screen;
    private final SyncReport report;
    private final BatchReport batch;

    Outcomes(Screen screen, SyncReport report) {
        this.screen = screen;
        this.report = report;
        this.batch = report.batch();
    }

    void patches() {
        screen.section("What became of each patch");
        for (PatchOutcome outcome : batch.outcomes()) {
            String kind = outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            screen.line(String.format("  %-9s %-36s %s", kind, outcome.patch().id(), firstLine(outcome.reason())));
        }
    }

    void culprits() {
        List<PatchOutcome> culprits = batch.outcomes(PatchOutcome.Kind.BLAMED);
        screen.section("The culprits: " + culprits.size() + ", found with " + batch.runs().size() + " test runs; one by one it takes "
                + batch.runsOneByOne());
        for (PatchOutcome culprit : culprits) {
            Blame blame = ((PatchOutcome.Blamed) culprit).blame();
            screen.line("  " + culprit.patch().id() + "  " + firstLine(culprit.patch().description()));
            screen.line("    green without it in " + run(blame.runWithout()) + ", red with it in " + run(blame.runWith())
                    + "; convicted by " + blame.failures().size() + " tests:");
            blame.failures().stream().limit(TESTS_SHOWN).forEach(this::test);
            if (blame.failures().size() > TESTS_SHOWN) {
                screen.line("      and " + (blame.failures().size() - TESTS_SHOWN) + " more");
            }
        }
    }

    void rollBack(Proof proof) {
        screen.section("The proof");
        long same = batch.restored().stream().filter(RestoredFile::same).count();
        screen.line("  AutoSync read " + batch.restored().size() + " files again that it had put back: " + same
                + " are byte for byte what they were");
        screen.line("  This job compared all files with the releases' own bytes: " + proof.untouched() + " are untouched, "
                + proof.changed() + " are as the landed patches make them, " + proof.wrong().size() + " are anything else");
    }

    void files() throws IOException {
        screen.section("What was recorded");
        screen.line("  " + History.summary(History.kinds(report.workspace().resolve(".autosync/store"))));
        report.warnings().forEach(warning -> screen.line("  warning: " + warning));
        screen.section("Where to read on");
        Path here = Path.of("").toAbsolutePath();
        for (Path file : report.files()) {
            screen.line("  " + (file.startsWith(here) ? here.relativize(file) : file));
        }
    }

    private void test(TestResult result) {
        String id = result.id();
        screen.line("      " + id.substring(id.lastIndexOf('.', id.indexOf('#') < 0 ? id.length() : id.indexOf('#')) + 1)
                + (result.message().isEmpty() ? "" : ": " + firstLine(result.message())));
    }

    private static String run(int number) {
        return number == 0 ? "the run before any patch" : "run " + number;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
