package dev.autosync.bench.culprit.real;

import dev.autosync.bench.WorkFolder;
import dev.autosync.examples.ReleasePatch;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Says what the tests say of the project with some patches. Threads: safe to share. */
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

    /** What all tests say, who are asked once. */
    TestRun run(Collection<ReleasePatch> patches) throws IOException, InterruptedException {
        Set<String> ids = patches.stream().map(patch -> patch.patch().id()).collect(Collectors.toUnmodifiableSet());
        TestRun before = known.get(ids);
        if (before != null) {
            return before;
        }
        TestRun run = ask(patches, List.of());
        known.put(ids, run);
        return run;
    }

    /** Whether a test fails, or nothing compiles. Some are asked first, who have reason to. */
    boolean red(Collection<ReleasePatch> patches, List<String> first) throws IOException, InterruptedException {
        return !first.isEmpty() && ask(patches, first).verdict() == Verdict.RED || !run(patches).green();
    }

    private TestRun ask(Collection<ReleasePatch> patches, List<String> only) throws IOException, InterruptedException {
        Path tree = Files.createTempDirectory(folder, "truth");
        project.write(tree, patches);
        TestRun run = suite.run(TestContext.of(tree).only(only));
        WorkFolder.delete(tree);
        if (!run.verdict().evidence()) {
            throw new IOException("the tests could not be run: " + run);
        }
        return run;
    }
}
