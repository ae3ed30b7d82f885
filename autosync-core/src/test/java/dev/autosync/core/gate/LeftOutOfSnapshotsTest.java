package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOutOfSnapshotsTest {
    @TempDir
    Path root;

    /** What a build does to the tree while it tests. */
    private interface Build {
        void run(Path workspace) throws IOException;
    }

    private BatchReport run(Build build, Patch... patches) throws InterruptedException {
        TestSuite suite = new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                try {
                    build.run(root);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return TestRun.of(Verdict.GREEN, "green", List.of(TestResult.of("t", TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
            }

            @Override
            public String fingerprint() {
                return "";
            }
        };
        return PatchRunner.builder(root).tests(suite).build().run(PatchBatch.of(patches));
    }

    private static Patch write(String path) {
        return Patch.write("write:" + path, path, "x".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatTheBuildWritesIsNobodysChangeIfItIsIgnored() throws Exception {
        Files.writeString(root.resolve(".gitignore"), "*.log\n");
        Build build = workspace -> {
            Files.writeString(workspace.resolve("a.log"), "" + System.nanoTime());
            Files.writeString(workspace.resolve("a.txt"), "" + System.nanoTime());
        };

        assertThat(run(build, write("file")).foreignChanges()).as("the text is seen").containsExactly("a.txt");
    }

    @Test
    void aPatchOfAnIgnoredFileLands() throws Exception {
        Files.writeString(root.resolve(".gitignore"), "generated/\n");
        BatchReport report = run(workspace -> { }, write("generated/file"));

        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(report.foreignChanges()).isEmpty();
        assertThat(root.resolve("generated/file")).hasContent("x");
    }

    @Test
    void aFolderThatAPatchFillsOrEmptiesIsNobodysChange() throws Exception {
        Files.createDirectories(root.resolve("empty"));
        Files.writeString(Files.createDirectories(root.resolve("full")).resolve("only"), "x");
        BatchReport report = run(workspace -> Files.createDirectories(workspace.resolve("made")),
                write("empty/file"), Patch.delete("delete", "full/only"));

        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(2);
        assertThat(report.foreignChanges()).as("but one that the build makes is").containsExactly("made");
    }
}
