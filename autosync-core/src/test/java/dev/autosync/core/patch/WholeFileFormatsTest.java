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
}
