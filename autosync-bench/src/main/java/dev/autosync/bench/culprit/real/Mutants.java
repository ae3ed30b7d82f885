package dev.autosync.bench.culprit.real;

import dev.autosync.examples.ReleasePatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws mutations that compile and that a test fails with, each looked at once. */
final class Mutants {
    private final List<List<ReleasePatch>> byFile;
    private final Oracle oracle;

    Mutants(Map<String, List<ReleasePatch>> byFile, Oracle oracle) {
        this.byFile = List.copyOf(byFile.values());
        this.oracle = oracle;
    }

    /** Whether a patch is a mutation. */
    static boolean isOne(ReleasePatch patch) {
        return patch.patch().id().startsWith("mutation/");
    }

    /** So many, each of another file. */
    List<ReleasePatch> draw(int howMany, RandomGenerator random) throws IOException, InterruptedException {
        List<List<ReleasePatch>> files = new ArrayList<>(byFile);
        List<ReleasePatch> drawn = new ArrayList<>();
        while (drawn.size() < howMany) {
            List<ReleasePatch> file = files.get(random.nextInt(files.size()));
            ReleasePatch mutation = file.get(random.nextInt(file.size()));
            if (!oracle.run(List.of(mutation)).failures().isEmpty()) {
                drawn.add(mutation);
                files.remove(file);
            }
        }
        return drawn;
    }
}
