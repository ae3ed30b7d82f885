package dev.autosync.testkit;

import static dev.autosync.testkit.RuleBreach.assertFails;

import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reporters that break a rule fail at that rule. */
class ReporterContractTest {
    @TempDir
    Path temp;

    @Test
    void aReporterThatBreaksARuleFails() {
        assertFails(reporter((report, output) -> System.out.println(report.summary())), ReporterContract::reportsEveryKindOfOutcome);
        assertFails(reporter((report, output) -> Files.writeString(report.workspace().resolve("report.txt"), "text")),
                ReporterContract::reportsACycleInWhichNothingHappened);
        assertFails(reporter((report, output) -> report.batch().outcomes().forEach(o -> output.console(o.reason()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.batch().outcomes(PatchOutcome.Kind.BLAMED).toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.trends().trends().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.trends().flakyTests().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> report.trends().alerts().forEach(alert -> output.console(alert.message()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.file("a.html", report.lessons().toString())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> report.lessons().forEach(lesson -> output.console(lesson.suggestion().key()))),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.console(report.lessons().stream().flatMap(lesson -> lesson.feedback().stream()).toList()
                        .toString())), ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> output.console(report.title())),
                ReporterContract::survivesHostileTextAndPassesNoneOfItsEffectsOn);
        assertFails(reporter((report, output) -> {
            if (report.batch().outcomes().size() > 1_000) {
                System.err.println("this may take a while");
            }
        }), ReporterContract::reportsACycleOfThousandsOfPatches);
        assertFails(reporter(new Reporter() {
            private int reports;

            @Override
            public void report(SyncReport report, ReportOutput output) {
                output.console("report " + ++reports);
            }
        }), ReporterContract::keepsNothingFromOneReportForTheNext);
    }

    private ReporterContract reporter(Reporter reporter) {
        ReporterContract contract = new ReporterContract() {
            @Override
            protected Reporter reporter() {
                return reporter;
            }
        };
        contract.workspace = temp;
        return contract;
    }
}
