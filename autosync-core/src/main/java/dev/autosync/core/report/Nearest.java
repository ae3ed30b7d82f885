package dev.autosync.core.report;

import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.NearestMatch;
import dev.autosync.patch.PatchOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The place that comes nearest to what a patch expects, in a few lines for people. */
final class Nearest {
    private static final int MAX_DIFFERENCES = 3;
    private static final int MAX_LINE = 120;

    private Nearest() {}

    /** The place, and the first lines in which it differs: what is expected after a minus, what is found after a plus. Empty if there is none. */
    static List<String> lines(PatchOutcome outcome) {
        Optional<NearestMatch> nearest = of(outcome);
        if (nearest.isEmpty()) {
            return List.of();
        }
        List<String> expected = nearest.get().expected();
        List<String> found = nearest.get().found();
        List<String> lines = new ArrayList<>(List.of("nearest is " + Untrusted.line(nearest.get().toString(), MAX_LINE)));
        int shown = 0;
        for (int i = 0; i < Math.max(expected.size(), found.size()) && shown < MAX_DIFFERENCES; i++) {
            Optional<String> wanted = i < expected.size() ? Optional.of(expected.get(i)) : Optional.empty();
            Optional<String> there = i < found.size() ? Optional.of(found.get(i)) : Optional.empty();
            if (!wanted.equals(there)) {
                wanted.ifPresent(text -> lines.add("- " + Untrusted.line(text, MAX_LINE)));
                there.ifPresent(text -> lines.add("+ " + Untrusted.line(text, MAX_LINE)));
                shown++;
            }
        }
        return lines;
    }

    private static Optional<NearestMatch> of(PatchOutcome outcome) {
        return outcome instanceof PatchOutcome.Conflicted conflicted ? conflicted.nearest() : Optional.empty();
    }
}
