package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What became of each patch. */
final class PatchSection implements HtmlSection {
    private static final int MOST = 200;
    private static final int MOST_PATHS = 3;

    @Override
    public String id() {
        return "patches";
    }

    @Override
    public String heading() {
        return "Patches";
    }

    @Override
    public int count(SyncReport report) {
        return report.batch().outcomes().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<PatchOutcome> outcomes = report.batch().outcomes();
        if (outcomes.isEmpty()) {
            html.element("p", "There were no patches in this cycle.", "class", "empty");
            return;
        }
        totals(outcomes, html);
        if (outcomes.size() > MOST) {
            html.element("p", "There is room for " + MOST + " of them; those that did not land come first.", "class", "note");
            outcomes = outcomes.stream().sorted(Comparator.comparing(outcome -> outcome.kind() == PatchOutcome.Kind.APPLIED)).toList();
        }
        new HtmlTable<PatchOutcome>("Patches of this cycle", MOST)
                .code("Patch", outcome -> outcome.patch().id())
                .text("Format", outcome -> outcome.patch().format())
                .column("Outcome", (cell, outcome) -> Tone.of(outcome.kind()).badge(cell, Labels.of(outcome.kind())))
                .column("Reason", PatchSection::reason)
                .write(html, outcomes);
    }

    private static void totals(List<PatchOutcome> outcomes, Html html) {
        html.open("ul", "class", "totals");
        for (PatchOutcome.Kind kind : PatchOutcome.Kind.values()) {
            long count = outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
            if (count > 0) {
                html.open("li");
                Tone.of(kind).badge(html, Labels.whole(count) + " " + Labels.of(kind));
                html.close();
            }
        }
        html.close();
    }

    private static void reason(Html html, PatchOutcome outcome) {
        html.text(outcome.reason());
        Nearest.lines(outcome).forEach(line -> {
            html.open("div", "class", "note");
            html.element("code", line);
            html.close();
        });
        String more = details(outcome);
        if (!more.isEmpty()) {
            html.element("div", more, "class", "note");
        }
    }

    private static String details(PatchOutcome outcome) {
        if (outcome instanceof PatchOutcome.Applied applied) {
            return list("", applied.paths());
        }
        if (outcome instanceof PatchOutcome.Ambiguous ambiguous) {
            return list("fits at ", ambiguous.places());
        }
        if (outcome instanceof PatchOutcome.Dropped dropped) {
            return list("needs ", dropped.because());
        }
        return outcome instanceof PatchOutcome.Refused refused ? refused.code().id() + (refused.place().isEmpty() ? "" : ", " + refused.place()) : "";
    }

    private static String list(String before, List<String> names) {
        List<String> shown = new ArrayList<>(names.stream().limit(MOST_PATHS).toList());
        if (names.size() > MOST_PATHS) {
            shown.add(Labels.more(names.size() - MOST_PATHS));
        }
        return shown.isEmpty() ? "" : before + String.join(", ", shown);
    }
}
