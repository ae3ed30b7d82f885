package dev.autosync.bench.jmh;

import dev.autosync.core.patch.UnifiedDiffFormat;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Unified diffs on the text of a file. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UnifiedDiffBench {
    private static final int LINES = 1_000;
    private static final int APART = 100;
    private static final int CONTEXT = 3;

    private final UnifiedDiffFormat format = new UnifiedDiffFormat();
    private final Patch patch = Patch.unifiedDiff("diff", diff());
    private final FileTree tree = tree();

    /** Plans ten hunks, each of which changes a line, on a file of 1,000 lines. */
    @Benchmark
    public PatchPlan tenHunksOn1000Lines() {
        return JsonPatchBench.planned(format.plan(patch, tree, PatchLimits.ofDefaults()));
    }

    private static FileTree tree() {
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= LINES; line++) {
            text.append(line(line)).append('\n');
        }
        Optional<FileContent> content = Optional.of(FileContent.of(text.toString()));
        return path -> content;
    }

    private static String diff() {
        StringBuilder diff = new StringBuilder("--- a/src/File.java\n+++ b/src/File.java\n");
        for (int changed = APART / 2; changed <= LINES; changed += APART) {
            int first = changed - CONTEXT;
            int lines = 2 * CONTEXT + 1;
            diff.append("@@ -").append(first).append(',').append(lines).append(" +").append(first).append(',').append(lines).append(" @@\n");
            for (int line = first; line < first + lines; line++) {
                diff.append(line == changed ? '-' : ' ').append(line(line)).append('\n');
                if (line == changed) {
                    diff.append("+    int changed").append(line).append(" = compute();\n");
                }
            }
        }
        return diff.toString();
    }

    private static String line(int number) {
        return "    int value" + number + " = 0;";
    }
}
