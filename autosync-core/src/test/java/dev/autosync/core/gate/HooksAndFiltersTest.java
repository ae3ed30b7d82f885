package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository may come with hooks, filters and commands in its configuration. Applying patches runs none of them. */
class HooksAndFiltersTest {
    private static final List<String> HOOKS = List.of("pre-commit", "post-commit", "applypatch-msg", "pre-applypatch", "post-applypatch",
            "post-checkout", "post-index-change", "fsmonitor-watchman");

    @TempDir
    private Path folder;

    private Path root;
    private Path marker;

    @BeforeEach
    void aRepositoryWithTraps() throws IOException, InterruptedException {
        root = Files.createDirectory(folder.resolve("ws"));
        marker = folder.resolve("marker");
        boolean there;
        try {
            there = git("init", "--quiet") == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeThat(there).as("git is on the PATH").isTrue();
        String touch = "touch '" + marker + "'";
        for (String hook : HOOKS) {
            Path file = root.resolve(".git/hooks").resolve(hook);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\n" + touch + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(root.resolve(".gitattributes"), "* filter=trap diff=trap\n");
        Files.writeString(root.resolve("f1"), "one\n");
        for (String key : List.of("filter.trap.clean", "filter.trap.smudge", "diff.trap.textconv", "diff.external", "core.fsmonitor")) {
            assertThat(git("config", key, touch + "; cat")).isZero();
        }
    }

    private int git(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList()).directory(root.toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void applyingPatchesRunsNoneOfThem() throws Exception {
        BatchReport report = PatchRunner.builder(root).tests(new TreeSuite(context -> { })).build().run(PatchBatch.of(
                Patch.unifiedDiff("diff", "diff --git a/f1 b/f1\n--- a/f1\n+++ b/f1\n@@ -1 +1 @@\n-one\n+two\n"),
                Patch.builder("agent", "apply-patch").content("*** Begin Patch\n*** Add File: f2\n+x\n*** End Patch\n").build(),
                Patch.move("move", "f2", "f3")));
        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(3);
        assertThat(marker).doesNotExist();
    }

    /** The control: git itself falls into the trap. */
    @Test
    void gitRunsThem() throws Exception {
        git("add", "--all");
        assertThat(marker).exists();
    }
}
