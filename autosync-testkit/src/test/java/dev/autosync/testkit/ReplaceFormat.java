package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code old -> new} on the target, as an author's first format might be. */
class ReplaceFormat implements PatchFormat {

    @Override
    public String name() {
        return "replace";
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        String[] parts = patch.text().split(" -> ", -1);
        if (parts.length != 2 || parts[0].isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "expected 'old -> new'");
        }
        String path = patch.target().orElseThrow();
        Optional<FileContent> before = tree.read(path);
        if (before.isEmpty()) {
            return PatchPlan.conflict(path + " is not there");
        }
        String text = new String(before.get().bytes(), StandardCharsets.UTF_8);
        int at = text.indexOf(parts[0]);
        if (at < 0) {
            return PatchPlan.conflict(path + " does not hold '" + parts[0] + "'");
        }
        if (parts[0].equals(parts[1])) {
            return PatchPlan.alreadyApplied("it changes nothing");
        }
        String after = text.substring(0, at) + parts[1] + text.substring(at + parts[0].length());
        return PatchPlan.edits(List.of(FileEdit.modify(path, before.get(),
                before.get().bytes(after.getBytes(StandardCharsets.UTF_8)))), "");
    }
}
