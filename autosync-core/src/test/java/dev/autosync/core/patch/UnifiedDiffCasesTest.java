package dev.autosync.core.patch;

import static dev.autosync.spi.PatchPlan.Verdict.AMBIGUOUS;
import static dev.autosync.spi.PatchPlan.Verdict.CONFLICT;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.patch.NearestMatch;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The case list of unified diffs: what each kind of patch does to each kind of file, and what it must never do. */
class UnifiedDiffCasesTest {
    static final String L10 = lines("line ", 1, 10);
    static final String L10_CHANGED = L10.replace("line 5\n", "LINE 5\n");
    static final String[] B = {" line 4", "-line 5", "+LINE 5", " line 6"};

    private static final String L10_SHA = "e71d970d34a5003190f0bcebf4e79bee538969aab5d24eef5449177468562b35";
    private static final String L10_CHANGED_SHA = "cf2ceb2e2a6814329d2d8b1f1cf023921f016277fc18301f36d738fa5c6004f2";

    static List<DiffCase> cases() throws IOException {
        return DiffCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseHasItsOutcome(DiffCase c) {
        MapTree tree = c.mapTree();
        PatchPlan plan = DiffCase.plan(new UnifiedDiffFormat(), c.asPatch(), tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(c.verdict());
        assertThat(plan.reason()).contains(c.says());
        MapTree after = tree.after(plan);
        assertThat(after.texts()).isEqualTo(c.after());
        c.sha256().ifPresent(sha256 -> assertThat(after.sha256(c.after().keySet().iterator().next())).isEqualTo(sha256));
        if (plan.verdict() == EDITS && c.says().isEmpty()) {
            assertThat(plan.reason()).isEmpty();
        }
        if (plan.verdict() == AMBIGUOUS) {
            assertThat(plan.places()).containsExactly("f:2", "f:11");
        }
        if (c.row() == 31) {
            assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
        }
        if (c.row() == 3 && plan.verdict() == CONFLICT) {
            NearestMatch nearest = plan.nearest().orElseThrow();
            assertThat(nearest).hasToString("f:3");
            assertThat(nearest.expected()).containsExactly("line 3", "line 4", "line 5", "line 6", "line 7");
            assertThat(nearest.found()).containsExactly("zzz", "line 4", "line 5", "line 6", "line 7");
        }
    }

    @Test
    void everyRowOfTheListIsThere() throws IOException {
        assertThat(cases().stream().map(DiffCase::row).distinct()).containsExactlyElementsOf(IntStream.rangeClosed(1, 39).boxed().toList());
    }

    @Test
    void theTextsAreThoseOfTheCaseList() {
        assertThat(f(L10).sha256("f")).isEqualTo(L10_SHA);
        assertThat(f(L10_CHANGED).sha256("f")).isEqualTo(L10_CHANGED_SHA);
    }

    private static MapTree f(String text) {
        return new MapTree().file("f", text);
    }

    static String lines(String start, int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(from, to).forEach(i -> text.append(start).append(i).append('\n'));
        return text.toString();
    }

    static String create(String path, String line) {
        return "diff --git a/%1$s b/%1$s\nnew file mode 100644\n--- /dev/null\n+++ b/%1$s\n@@ -0,0 +1 @@\n+%2$s\n".formatted(path, line);
    }

    static String hunk(String path, int line, String... lines) {
        return "diff --git a/%1$s b/%1$s\n--- a/%1$s\n+++ b/%1$s\n".formatted(path) + body(line, lines);
    }

    static String body(int line, String... lines) {
        long before = List.of(lines).stream().filter(l -> l.isEmpty() || l.charAt(0) == ' ' || l.charAt(0) == '-').count();
        long after = List.of(lines).stream().filter(l -> l.isEmpty() || l.charAt(0) == ' ' || l.charAt(0) == '+').count();
        return "@@ -%d,%d +%d,%d @@\n%s\n".formatted(line, before, line, after, String.join("\n", lines));
    }
}
