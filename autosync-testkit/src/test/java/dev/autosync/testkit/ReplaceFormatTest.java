package dev.autosync.testkit;

import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchFormat;
import java.util.List;

class ReplaceFormatTest extends PatchFormatContract {
    static final PatchSample SAMPLE = PatchSample.of(Patch.builder("p", "replace").target("a.txt").content("cat -> dog").build(),
            InMemoryFileTree.empty().with("a.txt", "the cat sat"));

    @Override
    protected PatchFormat format() {
        return new ReplaceFormat();
    }

    @Override
    protected List<PatchSample> samples() {
        return List.of(SAMPLE);
    }
}
