package dev.autosync.bench.culprit.real;

import dev.autosync.bench.WorkFolder;
import dev.autosync.examples.ReleasePatch;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Says what the tests say of the project with some patches, by running them once. Threads: safe to share. */
final class Oracle {
    private final Project project;
    private final TestSuite suite;
    private final Path folder;
    private final Map<Set<String>, TestRun> known = new ConcurrentHashMap<>();

    Oracle(Project project, TestSuite suite, Path folder) {
        this.project = project;
        this.suite = suite;
        this.folder = folder;
    }

    TestRun run(Collection<ReleasePatch> patches) throws IOException, InterruptedException {
        Set<String> ids = patches.stream().map(patch -> patch.patch().id()).collect(Collectors.toUnmodifiableSet());
        TestRun before = known.get(ids);
        if (before != null) {
            return before;
        }
        Path tree = Files.createTempDirectory(folder, "truth");
        project.write(tree, patches);
        TestRun run = suite.run(TestContext.of(tree));
        WorkFolder.delete(tree);
        if (!run.verdict().evidence()) {
            throw new IOException("the tests could not be run: " + run);
        }
        known.put(ids, run);
        return run;
    }
}
