package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.TestResult;
import java.util.List;

/** The patches that made tests fail, with the tests that convict them. */
final class CulpritSection implements HtmlSection {
    private static final int MOST = 25;
    private static final int MOST_TESTS = 10;

    @Override
    public String id() {
        return "culprits";
    }

    @Override
    public String heading() {
        return "Culprits";
    }

    @Override
    public int count(SyncReport report) {
        return report.batch().outcomes(PatchOutcome.Kind.BLAMED).size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<PatchOutcome> culprits = report.batch().outcomes(PatchOutcome.Kind.BLAMED);
        if (culprits.isEmpty()) {
            html.element("p", "No patch of this cycle made tests fail.", "class", "empty");
            return;
        }
        html.open("ul", "class", "stack");
        for (PatchOutcome outcome : culprits.subList(0, Math.min(MOST, culprits.size()))) {
            if (outcome instanceof PatchOutcome.Blamed blamed) {
                culprit(blamed, html);
            }
        }
        html.close();
        if (culprits.size() > MOST) {
            html.element("p", Labels.more(culprits.size() - MOST) + ".", "class", "more");
        }
    }

    private static void culprit(PatchOutcome.Blamed blamed, Html html) {
        html.open("li", "class", "card").open("div", "class", "row");
        html.open("h3").element("code", blamed.patch().id()).close();
        Tone.BAD.badge(html, Labels.of(blamed.kind()));
        html.close();
        html.element("p", blamed.reason());
        html.element("p", "Run " + Labels.run(blamed.blame().runWithout()) + " without it against run " + Labels.run(blamed.blame().runWith())
                + " with it. " + Labels.evidence(blamed.blame()), "class", "note");
        List<TestResult> failures = blamed.blame().failures();
        if (failures.isEmpty()) {
            html.element("p", "The run with it broke before any test.", "class", "note").close();
            return;
        }
        html.open("ul", "class", "tests");
        failures.stream().limit(MOST_TESTS).forEach(test -> {
            html.open("li").element("code", test.id());
            if (!test.message().isEmpty()) {
                html.element("p", test.message(), "class", "message");
            }
            html.close();
        });
        if (failures.size() > MOST_TESTS) {
            html.element("li", Labels.more(failures.size() - MOST_TESTS), "class", "note");
        }
        html.close().close();
    }
}
