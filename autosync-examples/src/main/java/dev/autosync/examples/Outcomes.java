package dev.autosync.examples;

import dev.autosync.SyncReport;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Blame;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.testing.TestResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what a cycle did. */
final class Outcomes {
    private static final int TESTS_SHOWN = 2;

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
        int width = batch.outcomes().stream().mapToInt(outcome -> outcome.patch().id().length()).max().orElse(1);
        for (PatchOutcome outcome : batch.outcomes()) {
            String kind = outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            screen.paragraph(String.format("  %-8s %-" + width + "s ", kind, outcome.patch().id()), outcome.reason());
        }
    }

    void culprits() {
        List<PatchOutcome> culprits = batch.outcomes(PatchOutcome.Kind.BLAMED);
        screen.section("The " + culprits.size() + " culprits, found with " + batch.runs().size()
                + " test runs, the baseline included; one patch at a time takes " + batch.runsOneByOne());
        for (PatchOutcome culprit : culprits) {
            Blame blame = ((PatchOutcome.Blamed) culprit).blame();
            screen.line("  " + culprit.patch().id() + ": " + culprit.patch().description());
            screen.line("    " + count(blame.failures().size(), "test") + " passed without it in " + run(blame.runWithout())
                    + " and failed with it in " + run(blame.runWith()));
            tests(blame.failures());
        }
    }

    void proof(Proof proof) {
        screen.section("Proof that nothing else changed");
        long same = batch.restored().stream().filter(RestoredFile::same).count();
        screen.line("  AutoSync read " + batch.restored().size() + " files again that it had put back: " + same
                + " are byte for byte what they were");
        screen.line("  This job compared every file with the bytes in the jars of the two releases:");
        screen.line("    " + proof.untouched() + " are untouched, " + proof.changed() + " are what the landed patches make of them, "
                + proof.wrong().size() + " are anything else");
    }

    void record(String store) {
        screen.section("What was recorded in the store '" + store + "'");
        screen.paragraph("  ", History.summary(History.kinds(report.workspace(), store)));
    }

    void files() {
        screen.section("Where to read on");
        report.files().forEach(file -> screen.line("  " + Screen.shown(file)));
    }

    /** Some of the tests; of one that runs with many arguments, only the first. */
    private void tests(Collection<TestResult> failures) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (TestResult failure : failures) {
            messages.putIfAbsent(name(failure.id()), message(failure));
        }
        messages.entrySet().stream().limit(TESTS_SHOWN).forEach(test -> screen.line("      " + test.getKey() + ": " + test.getValue()));
        if (messages.size() > TESTS_SHOWN) {
            screen.line("      and " + (messages.size() - TESTS_SHOWN) + " more");
        }
    }

    /** The name of a test without package and arguments. */
    private static String name(String id) {
        String method = id.replaceFirst("[(\\[].*", "");
        return method.substring(method.lastIndexOf('.') + 1);
    }

    /** The first line of what a test said, with the name of an exception but not its package. */
    private static String message(TestResult result) {
        return result.message().lines().findFirst().orElse("").replaceFirst("^(\\w+\\.)+(?=\\w+:)", "");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String run(int number) {
        return number == 0 ? "the run before any patch" : "run " + number;
    }
}
