package dev.autosync.core.patch;

import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.AMBIGUOUS;
import static dev.autosync.spi.PatchPlan.Verdict.CONFLICT;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static dev.autosync.spi.PatchPlan.Verdict.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** One case: the tree, the patch, the verdict, what the reason or note says, and the tree after. */
    private record Case(int row, MapTree tree, byte[] patch, PatchPlan.Verdict verdict, String says, Map<String, String> after,
            String sha256) {
        @Override
        public String toString() {
            return "row " + row;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        applied(cases, 1, f(L10), hunk("f", 4, B), "", Map.of("f", L10_CHANGED), L10_CHANGED_SHA);
        applied(cases, 2, f(lines("pre ", 1, 20) + L10), hunk("f", 4, B), "hunk 1 of f applied 20 lines further down",
                Map.of("f", lines("pre ", 1, 20) + L10_CHANGED), "8f43fafb3fef27d8020f74dac8b092be91301bc853a2c07b72cbc7bdbd1263f7");
        kept(cases, 3, f(L10.replace("line 3\n", "zzz\n")), hunk("f", 3, concat(" line 3", B, " line 7")), CONFLICT,
                "context differs at line 3, nearest match at line 3 (1 line differs)");
        kept(cases, 4, f(L10.replace("line 4\n", "zzz\n")),
                hunk("f", 2, concat(" line 2", concat(" line 3", B, " line 7"), " line 8")), CONFLICT,
                "context differs at line 4, nearest match at line 2 (1 line differs)");
        applied(cases, 5, f(crLf(L10)), hunk("f", 4, B), "line ends of f (CRLF), the patch has LF", Map.of("f", crLf(L10_CHANGED)),
                "e2bca7006abf35a40610e13c4500588228d119d17013f53030d567d28180256f");
        applied(cases, 6, f(L10), crLf(hunk("f", 4, B)), "line ends of f (LF), the patch has CRLF", Map.of("f", L10_CHANGED),
                L10_CHANGED_SHA);
        applied(cases, 7, f("a\nb\nc"), hunk("f", 1, " a", "-b", "+B", " c", "\\ No newline at end of file"), "",
                Map.of("f", "a\nB\nc"), null);
        applied(cases, 8, f("a\nb\nc"), hunk("f", 1, " a", " b", "-c", "\\ No newline at end of file", "+c"), "",
                Map.of("f", "a\nb\nc\n"), null);
        String rename = "diff --git a/f b/%1$s\nsimilarity index 90%%\nrename from f\nrename to %1$s\n";
        applied(cases, 9, f(L10), rename.formatted("g"), "", Map.of("g", L10), null);
        applied(cases, 10, f(L10), rename.formatted("d/g") + "--- a/f\n+++ b/d/g\n" + body(4, B), "", Map.of("d/g", L10_CHANGED), null);
        applied(cases, 11, f(L10), "diff --git a/f b/f\nold mode 100644\nnew mode 100755\n", "", Map.of("f*", L10), null);
        String delete = "diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        applied(cases, 12, f("a\n").file("k", "k\n"), delete, "", Map.of("k", "k\n"), null);
        kept(cases, 13, f("DIFFERENT\n"), delete, CONFLICT, "hunk 1 of 1 to f");
        kept(cases, 14, f("old\n"), create("f", "new"), CONFLICT, "f is there already, with other content");
        kept(cases, 14, f("new\n"), create("f", "new"), ALREADY_APPLIED, "f is there already");
        applied(cases, 15, new MapTree(), create("x/y/z", "new"), "", Map.of("x/y/z", "new\n"), null);
        kept(cases, 16, f(L10).file("g", "nothing\n"), hunk("f", 4, B) + hunk("g", 4, B), CONFLICT, "to g");
        kept(cases, 17, new MapTree().file("g", "nothing\n"), create("n", "new") + hunk("g", 4, B), CONFLICT, "to g");
        refused(cases, 18, new MapTree(), create("../evil", "x"));
        refused(cases, 19, f(L10), hunk("../victim", 4, B));
        refused(cases, 20, f(L10), delete.replace("a/f", "a/../victim").replace("b/f", "b/../victim"));
        refused(cases, 21, new MapTree().file("k", "k\n"),
                "diff --git a/k b/../evil\nsimilarity index 100%\nrename from k\nrename to ../evil\n");
        refused(cases, 22, new MapTree().link("link"), create("link/evil", "x"));
        refused(cases, 23, new MapTree().link("link"), hunk("link/secret", 4, B));
        refused(cases, 24, new MapTree().link("fl"), hunk("fl", 4, B));
        refused(cases, 25, new MapTree(), create("l2", "../outside").replace("100644", "120000") + create("l2/evil", "x"));
        refused(cases, 26, new MapTree(), create(".git/hooks/post-commit", "x"));
        refused(cases, 27, new MapTree(), hunk(".git/description", 4, B));
        String copies = "h\nx\na\nx\nmid\nmid\nmid\nmid\nmid\nh\nx\na\nx\n";
        kept(cases, 28, f(copies), hunk("f", 7, " x", "-a", "+B", " x"), AMBIGUOUS, "hunk 1 of f fits in 2 places: f:2, f:11");
        kept(cases, 29, f(L10_CHANGED), hunk("f", 4, B), ALREADY_APPLIED, "f already is as the patch would make it");
        kept(cases, 30, f("a\nb\nc\nNEW\n"), hunk("f", 2, " b", " c", "+NEW"), ALREADY_APPLIED, "f already is");
        kept(cases, 31, f(L10), hunk("f", 4, B).replace("-4,3 +4,3", "-4,9 +4,9"), REFUSED, "line 4 of the patch");
        applied(cases, 32, f("a\n\nb\nc\n"), hunk("f", 1, " a", "", "-b", "+B", " c"), "", Map.of("f", "a\n\nB\nc\n"), null);
        applied(cases, 33, f(L10), "--- a/f\n+++ b/f\n" + body(4, B), "", Map.of("f", L10_CHANGED), L10_CHANGED_SHA);
        applied(cases, 34, f(L10), "--- f\n+++ f\n" + body(4, B), "", Map.of("f", L10_CHANGED), L10_CHANGED_SHA);
        applied(cases, 35, new MapTree().file("\u00e9.txt", L10), hunk("f", 4, B).replace("a/f", "\"a/\\303\\251.txt\"")
                .replace("b/f", "\"b/\\303\\251.txt\""), "", Map.of("\u00e9.txt", L10_CHANGED), null);
        applied(cases, 36, new MapTree().file("f", "caf\u00e9\nb\nc\n".getBytes(StandardCharsets.ISO_8859_1)),
                hunk("f", 1, " caf\u00e9", " b", "-c", "+C"), "", Map.of("f", "caf\u00e9\nb\nC\n"), null);
        applied(cases, 37, f(L10), hunk("f", 4, B) + hunk("f", 7, " line 7", "-line 8", "+LINE 8", " line 9"), "",
                Map.of("f", L10_CHANGED.replace("line 8", "LINE 8")), null);
        String swap = "diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\n"
                + "diff --git a/b b/a\nsimilarity index 100%\nrename from b\nrename to a\n";
        applied(cases, 38, new MapTree().file("a", "A\n").file("b", "B\n"), swap, "", Map.of("a", "B\n", "b", "A\n"), null);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseHasItsOutcome(Case c) {
        PatchPlan plan;
        try {
            plan = new UnifiedDiffFormat().plan(Patch.builder("p", "unified-diff").content(c.patch).build(), c.tree, PatchLimits.ofDefaults());
        } catch (PathRefusedException e) {
            plan = PatchPlan.refused(ErrorCode.PATCH_PATH_REFUSED, String.valueOf(e.getMessage()));
        }
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(c.verdict);
        assertThat(plan.reason()).contains(c.says);
        MapTree after = c.tree.after(plan);
        assertThat(after.texts()).isEqualTo(c.after);
        if (c.sha256 != null) {
            assertThat(after.sha256(c.after.keySet().iterator().next())).isEqualTo(c.sha256);
        }
        if (plan.verdict() == EDITS && c.says.isEmpty()) {
            assertThat(plan.reason()).isEmpty();
        }
        if (plan.verdict() == AMBIGUOUS) {
            assertThat(plan.places()).containsExactly("f:2", "f:11");
        }
        if (c.row == 31) {
            assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
        }
    }

    @Test
    void theTextsAreThoseOfTheCaseList() {
        assertThat(f(L10).sha256("f")).isEqualTo(L10_SHA);
        assertThat(f(L10_CHANGED).sha256("f")).isEqualTo(L10_CHANGED_SHA);
    }

    private static void applied(List<Case> cases, int row, MapTree tree, String patch, String note, Map<String, String> after,
            String sha256) {
        Map<String, String> bytes = new TreeMap<>(after);
        boolean latin = row == 36;
        cases.add(new Case(row, tree, patch.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8), EDITS, note, bytes,
                sha256));
    }

    private static void kept(List<Case> cases, int row, MapTree tree, String patch, PatchPlan.Verdict verdict, String says) {
        cases.add(new Case(row, tree, patch.getBytes(StandardCharsets.UTF_8), verdict, says, tree.texts(), null));
    }

    private static void refused(List<Case> cases, int row, MapTree tree, String patch) {
        kept(cases, row, tree, patch, REFUSED, "");
    }

    private static MapTree f(String text) {
        return new MapTree().file("f", text);
    }

    static String lines(String start, int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(from, to).forEach(i -> text.append(start).append(i).append('\n'));
        return text.toString();
    }

    static String crLf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static String[] concat(String before, String[] lines, String after) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(0, before);
        all.add(after);
        return all.toArray(String[]::new);
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
