package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeFileFormatsTest {
    private final WriteFileFormat write = new WriteFileFormat();
    private final DeleteFileFormat delete = new DeleteFileFormat();
    private final MoveFileFormat move = new MoveFileFormat();

    @Test
    void writingMakesAFileThatMayNotBeExecuted() {
        MapTree tree = new MapTree();
        PatchPlan plan = write.plan(Patch.write("p", "d/f", new byte[] {0, (byte) 0xE9}), tree, PatchLimits.ofDefaults());
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("d/f", "\0\u00e9"));
    }

    @Test
    void writingKeepsTheRightToBeExecuted() {
        MapTree tree = new MapTree().content("f", Optional.of(FileContent.of("old").executable(true)));
        PatchPlan plan = write.plan(Patch.write("p", "f", "new".getBytes()), tree, PatchLimits.ofDefaults());
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("f*", "new"));
    }

    @Test
    void writingTheSameBytesIsAlreadyApplied() {
        PatchPlan plan = write.plan(Patch.write("p", "f", "x".getBytes()), new MapTree().file("f", "x"), PatchLimits.ofDefaults());
        assertThat(plan.verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
    }

    @Test
    void deletingTakesTheFileAway() {
        MapTree tree = new MapTree().file("f", "x").file("g", "y");
        PatchPlan plan = delete.plan(Patch.delete("p", "f"), tree, PatchLimits.ofDefaults());
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("g", "y"));
    }

    @Test
    void deletingAMissingFileIsAlreadyApplied() {
        PatchPlan plan = delete.plan(Patch.delete("p", "f\u001b"), new MapTree(), PatchLimits.ofDefaults());
        assertThat(plan.verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        assertThat(plan.reason()).isEqualTo("f\\u001b is gone already");
    }

    @Test
    void withoutATargetBothAreRefused() {
        PatchPlan written = write.plan(Patch.builder("p", "write-file").content("x").build(), new MapTree(), PatchLimits.ofDefaults());
        PatchPlan deleted = delete.plan(Patch.builder("p", "delete-file").build(), new MapTree(), PatchLimits.ofDefaults());
        assertThat(written.code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(deleted.code()).contains(ErrorCode.PATCH_MALFORMED);
    }

    @Test
    void theTreeDecidesWhichPathsMayBeTouched() {
        MapTree tree = new MapTree();
        assertThatThrownBy(() -> write.plan(Patch.write("p", "../f", new byte[0]), tree, PatchLimits.ofDefaults())).isInstanceOf(PathRefusedException.class);
        assertThatThrownBy(() -> delete.plan(Patch.delete("p", ".git/config"), tree, PatchLimits.ofDefaults())).isInstanceOf(PathRefusedException.class);
    }

    @Test
    void writingSaysWhetherTheFileMayBeExecuted() {
        Patch patch = Patch.builder("p", "write-file").target("run.sh").content("exit 0").option("executable", "true").build();
        MapTree tree = new MapTree().file("run.sh", "exit 0");
        PatchPlan plan = write.plan(patch, tree, PatchLimits.ofDefaults());
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("run.sh*", "exit 0"));
        assertThat(write.plan(patch, tree.after(plan), PatchLimits.ofDefaults()).verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        Patch odd = Patch.builder("p", "write-file").target("f").option("executable", "yes").build();
        assertThat(write.plan(odd, tree, PatchLimits.ofDefaults()).code()).contains(ErrorCode.PATCH_MALFORMED);
    }

    @Test
    void writingMoreThanAFileMayHoldIsRefused() {
        PatchPlan plan = write.plan(Patch.write("p", "f", new byte[11]), new MapTree(), PatchLimits.builder().maxFileBytes(10).build());
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void movingKeepsBytesAndTheRightToBeExecuted() {
        MapTree tree = new MapTree().content("a", Optional.of(FileContent.of("x").executable(true)));
        PatchPlan plan = move.plan(Patch.move("p", "a", "d/b"), tree, PatchLimits.ofDefaults());
        assertThat(tree.after(plan).texts()).isEqualTo(Map.of("d/b*", "x"));
        assertThat(move.plan(Patch.move("p", "a", "d/b"), tree.after(plan), PatchLimits.ofDefaults()).verdict())
                .isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        assertThat(plan.footprint().orElseThrow()).hasToString("reads [], changes [a, d/b]");
    }

    @Test
    void movingOverwritesNothing() {
        MapTree tree = new MapTree().file("a", "x").file("b", "x");
        assertThat(move.plan(Patch.move("p", "a", "b"), tree, PatchLimits.ofDefaults()).verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
        assertThat(move.plan(Patch.move("p", "c", "d"), tree, PatchLimits.ofDefaults()).verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    @Test
    void whatWasMovedIsKnownByItsHash() {
        MapTree tree = new MapTree().file("b", "x");
        Patch.Builder builder = Patch.builder("p", "move-file").target("a").content("b");
        Patch same = builder.expectedSha256(FileContent.of("x").sha256()).build();
        Patch other = builder.expectedSha256(FileContent.of("y").sha256()).build();
        assertThat(move.plan(same, tree, PatchLimits.ofDefaults()).verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        assertThat(move.plan(other, tree, PatchLimits.ofDefaults()).verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    @Test
    void movingToNoPathOrToItselfIsRefused() {
        MapTree tree = new MapTree().file("a", "x");
        for (String to : new String[] {"", " ", "b\nc", "a"}) {
            assertThat(move.plan(Patch.move("p", "a", to), tree, PatchLimits.ofDefaults()).code()).contains(ErrorCode.PATCH_MALFORMED);
        }
        assertThat(move.plan(Patch.builder("p", "move-file").content("b").build(), tree, PatchLimits.ofDefaults()).code())
                .contains(ErrorCode.PATCH_MALFORMED);
    }
}
