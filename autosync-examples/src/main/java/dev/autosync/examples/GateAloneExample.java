package dev.autosync.examples;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The gate alone: no configuration, no history, no reports; a command judges, and every patch gets an outcome with its reason. */
public final class GateAloneExample {
    private GateAloneExample() {}

    /**
     * Decides a batch of two patches on a tiny workspace.
     *
     * @param args none
     * @throws IOException if the tiny workspace cannot be made
     * @throws InterruptedException if the thread is interrupted; the workspace is then as it was
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path workspace = EmbeddingExample.tinyWorkspace(EmbeddingExample.target().resolve("gate-alone/workspace"));
        decide(workspace, workspace.resolve("autosync/patches"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Check.java");
    }

    static BatchReport decide(Path workspace, Path patches, String... command) throws InterruptedException {
        // @start region="gate-alone"
        TestSuite tests = TestSuite.command(command).timeout(Duration.ofMinutes(10));
        BatchReport batch = PatchRunner.builder(workspace).tests(tests).build().run(PatchBatch.read(patches));
        for (PatchOutcome outcome : batch.outcomes()) {
            System.out.println(outcome.patch().id() + ": " + outcome.kind() + ", " + outcome.reason());
        }
        // @end
        return batch;
    }
}
