package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Spelling;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchPlannerTest {
    @TempDir
    Path root;

    /** Creates as many files as its content says. */
    private static final class Creating implements PatchFormat {
        @Override
        public String name() {
            return "creating";
        }

        @Override
        public Set<String> options() {
            return Set.of("colour");
        }

        @Override
        public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
            List<FileEdit> edits = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(patch.text().trim()); i++) {
                edits.add(FileEdit.create("f" + i, FileContent.of(new byte[0])));
            }
            return PatchPlan.edits(edits, "");
        }
    }

    private List<PatchOutcome> outcomes(PatchLimits limits, Patch patch) {
        Workspace workspace = Workspace.at(root);
        BatchPlanner planner = new BatchPlanner(new PatchFormats(List.of(new Creating())), limits);
        return planner.plan(List.of(patch), new PatchedTree(workspace, new RealFiles(workspace.root())), Set.of()).outcomes();
    }

    private void assertRefused(PatchLimits limits, Patch patch, ErrorCode code, String why) {
        assertThat(outcomes(limits, patch)).singleElement().isInstanceOfSatisfying(PatchOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.reason()).contains(why);
        });
    }

    private static Patch.Builder creating(String text) {
        return Patch.builder("p", "creating").content(text);
    }

    @Test
    void refusesAnOptionThatTheFormatDoesNotKnow() {
        assertThat(outcomes(PatchLimits.ofDefaults(), creating("1").option("colour", "red").build())).isEmpty();
        assertRefused(PatchLimits.ofDefaults(), creating("1").option("color", "red").build(), ErrorCode.PATCH_MALFORMED,
                "has no option color; it has colour");
    }

    @Test
    void refusesAPatchOfMoreBytesThanAllowed() {
        PatchLimits limits = PatchLimits.builder().maxPatchBytes(3).build();
        assertThat(outcomes(limits, creating("  1").build())).isEmpty();
        assertRefused(limits, creating("   1").build(), ErrorCode.PATCH_LIMIT, "has 4 bytes, the limit is 3");
    }

    @Test
    void refusesAPatchOfMoreFilesThanAllowed() {
        PatchLimits limits = PatchLimits.builder().maxFiles(3).build();
        assertThat(outcomes(limits, creating("3").build())).isEmpty();
        assertRefused(limits, creating("4").build(), ErrorCode.PATCH_LIMIT, "changes 4 files, the limit is 3");
    }

    @Test
    void refusesTwoSpellingsOfOneNameWhereTheFileSystemTakesThemForOne() {
        List<Patch> patches = List.of(Patch.write("a", "d/caf\u00e9", new byte[] {1}), Patch.write("b", "D/cafe\u0301", new byte[] {2}),
                Patch.delete("c", "d/caf\u00e9"), Patch.write("d", "D/CAF\u00c9", new byte[] {3}));
        for (boolean folds : new boolean[] {true, false}) {
            Workspace workspace = Workspace.at(root);
            PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()), PatchLimits.ofDefaults(), new Spelling(folds, true));
            BatchPlan plan = Trees.PLANNER.plan(patches, tree, Set.of());
            assertThat(plan.outcomes()).hasSize(folds ? 1 : 0);
            if (folds) {
                assertThat(plan.outcomes().get(0)).isInstanceOf(PatchOutcome.Refused.class);
                assertThat(plan.outcomes().get(0).reason()).contains("they are one file on this file system");
            }
        }
    }

    @Test
    void refusesAPatchThatWritesOneNameInTwoSpellings() {
        String both = "--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n--- /dev/null\n+++ b/A\n@@ -0,0 +1 @@\n+y\n";
        for (boolean folds : new boolean[] {true, false}) {
            Workspace workspace = Workspace.at(root);
            PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()), PatchLimits.ofDefaults(), new Spelling(folds, true));
            assertThat(Trees.PLANNER.plan(List.of(Patch.unifiedDiff("p", both)), tree, Set.of()).outcomes()).hasSize(folds ? 1 : 0);
        }
    }

    private List<PatchOutcome> builtIn(Patch... patches) {
        Workspace workspace = Workspace.at(root);
        return new BatchPlanner(new PatchFormats(PatchFormats.builtIn()))
                .plan(List.of(patches), new PatchedTree(workspace, new RealFiles(workspace.root())), Set.of()).outcomes();
    }

    @Test
    void holdsAnExpectedHashOnlyAgainstAPatchThatWouldChangeSomething() throws Exception {
        Files.writeString(root.resolve("f"), "new");
        String old = FileContent.of("old").sha256();
        Patch write = Patch.builder("again", "write-file").target("f").content("new").expectedSha256(old).build();
        Patch delete = Patch.builder("gone", "delete-file").target("g").expectedSha256(old).build();
        Patch other = Patch.builder("other", "write-file").target("f").content("newer").expectedSha256(old).build();
        assertThat(builtIn(write, delete, other)).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.ALREADY_APPLIED,
                PatchOutcome.Kind.ALREADY_APPLIED, PatchOutcome.Kind.CONFLICTED);
    }

    @Test
    void saysAtWhichPlaceOfAPatchItIsRefused() throws Exception {
        Files.writeString(root.resolve("f.json"), "{}");
        List<PatchOutcome> outcomes = builtIn(
                Patch.jsonPatch("json", "f.json", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":1},{\"op\":\"ADD\",\"path\":\"/a\"}]"),
                Patch.builder("envelope", "apply-patch").content("*** Begin Patch\n*** Rename File: x\n*** End Patch\n").build(),
                Patch.unifiedDiff("diff", "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n"));
        assertThat(outcomes).extracting(outcome -> ((PatchOutcome.Refused) outcome).place())
                .satisfiesExactly(place -> assertThat(place).contains("/1"), place -> assertThat(place).isEqualTo("line 2"),
                        place -> assertThat(place).isEqualTo("line 3"));
    }

    @Test
    void refusesABatchWhoseStatesTogetherWouldNotFitIntoTheMemory() throws Exception {
        Workspace workspace = Workspace.at(root);
        BatchPlanner planner = new BatchPlanner(new PatchFormats(PatchFormats.builtIn()), PatchLimits.ofDefaults(), 3_000);
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            patches.add(Patch.write("p" + i, "f", new byte[1_000 + i]));
        }
        PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()));
        assertThat(planner.plan(patches.subList(0, 2), tree, Set.of()).planned()).hasSize(2);
        assertThatThrownBy(() -> planner.plan(patches, tree, Set.of())).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.PATCH_LIMIT)).hasMessageContaining("p2").hasMessageContaining("Split the batch");
    }
}
