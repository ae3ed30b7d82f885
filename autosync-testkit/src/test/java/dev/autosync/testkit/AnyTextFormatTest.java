package dev.autosync.testkit;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.List;
import java.util.Optional;

/** A format to which every text is a good one. */
class AnyTextFormatTest extends PatchFormatContract {

    private static final class ReplaceAll implements PatchFormat {

        @Override
        public String name() {
            return "replace-all";
        }

        @Override
        public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
            String path = patch.target().orElseThrow();
            FileContent after = FileContent.of(patch.content());
            Optional<FileContent> before = tree.read(path);
            if (before.equals(Optional.of(after))) {
                return PatchPlan.alreadyApplied(path + " holds it already");
            }
            return PatchPlan.edits(List.of(before.map(b -> FileEdit.modify(path, b, after))
                    .orElseGet(() -> FileEdit.create(path, after))), "");
        }
    }

    @Override
    protected PatchFormat format() {
        return new ReplaceAll();
    }

    @Override
    protected List<PatchSample> samples() {
        Patch patch = Patch.builder("p", "replace-all").target("a.txt").content("new").build();
        return List.of(PatchSample.of(patch, InMemoryFileTree.empty()),
                PatchSample.of(patch, InMemoryFileTree.empty().with("a.txt", "old")));
    }

    @Override
    protected boolean refusesGarbage() {
        return false;
    }
}
