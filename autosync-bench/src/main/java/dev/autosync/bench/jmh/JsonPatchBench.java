package dev.autosync.bench.jmh;

import dev.autosync.core.patch.JsonPatchFormat;
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

/** JSON Patch on the text of a document. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonPatchBench {
    private final JsonPatchFormat format = new JsonPatchFormat();
    private final Patch patch = Patch.jsonPatch("replace", "config.json",
            "[{\"op\":\"replace\",\"path\":\"/key500/name\",\"value\":\"changed\"}]");
    private final FileTree tree = tree(1_000);

    /** Replaces one value in the middle of 1,000 keys, about 50 KB. */
    @Benchmark
    public PatchPlan replaceIn1000Keys() {
        return planned(format.plan(patch, tree, PatchLimits.ofDefaults()));
    }

    private static FileTree tree(int keys) {
        StringBuilder json = new StringBuilder("{\n");
        for (int key = 0; key < keys; key++) {
            json.append("  \"key").append(key).append("\": {\"name\": \"value ").append(key).append("\", \"on\": true}")
                    .append(key < keys - 1 ? ",\n" : "\n}\n");
        }
        Optional<FileContent> content = Optional.of(FileContent.of(json.toString()));
        return path -> content;
    }

    static PatchPlan planned(PatchPlan plan) {
        if (plan.edits().isEmpty()) {
            throw new IllegalStateException("not applied: " + plan.reason());
        }
        return plan;
    }
}
