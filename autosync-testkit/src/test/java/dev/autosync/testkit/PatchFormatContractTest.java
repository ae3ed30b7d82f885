package dev.autosync.testkit;

import static dev.autosync.testkit.RuleBreach.assertFails;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats that break a rule fail at that rule. */
class PatchFormatContractTest {
    @Test
    void aFormatThatBreaksARuleFails() {
        assertFails(format(new ReplaceFormat() {
            @Override
            public String name() {
                return "Replace It";
            }
        }), PatchFormatContract::hasTheNameThatItsPatchesUse);
        assertFails(format(new ReplaceFormat() {
            private int plans;

            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                PatchPlan plan = super.plan(patch, tree, limits);
                return PatchPlan.edits(plan.edits(), "plan " + ++plans);
            }
        }), PatchFormatContract::plansTheSameTwiceAndOnAnyThread);
        assertFails(format(new ReplaceFormat() {
            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                if (!patch.text().contains(" -> ")) {
                    throw new IllegalStateException("no arrow");
                }
                return super.plan(patch, tree, limits);
            }
        }), PatchFormatContract::findsFaultWithGarbage, PatchFormatContract::throwsNothingButItsOwnExceptionsWhateverTheTextIs);
        assertFails(format(new ReplaceFormat() {
            @Override
            public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
                return super.plan(patch, InMemoryFileTree.empty().with("a.txt", "the cat sat"), limits);
            }
        }), PatchFormatContract::doesNotApplyTwice, PatchFormatContract::isRefusedWhereTheTreeRefusesEveryPath);
    }

    private static PatchFormatContract format(PatchFormat format) {
        return new PatchFormatContract() {
            @Override
            protected PatchFormat format() {
                return format;
            }

            @Override
            protected List<PatchSample> samples() {
                return List.of(ReplaceFormatTest.SAMPLE);
            }
        };
    }
}
