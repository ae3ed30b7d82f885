package dev.autosync.examples;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Embedding in ten lines: opens the engine on a workspace, runs one cycle, and tells what came of it. */
public final class EmbeddingExample {
    private EmbeddingExample() {}

    /**
     * Runs one cycle.
     *
     * @param args a workspace with {@code autosync/core_config.json}; none for a tiny one that is made on the spot
     * @throws IOException if the tiny workspace cannot be made
     * @throws InterruptedException if the thread is interrupted; the workspace is then as it was
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        sync(args.length > 0 ? Path.of(args[0]) : tinyWorkspace(target().resolve("embedding/workspace")));
    }

    private static void sync(Path workspace) throws InterruptedException {
        // @start region="ten-lines"
        try (SyncEngine engine = SyncEngine.open(workspace)) { // reads autosync/core_config.json
            SyncReport report = engine.sync(); // one cycle
            System.out.println(report.summary());
        }
        // @end
    }

    /** A text, a program that tests it, and two patches of which the test likes one. */
    static Path tinyWorkspace(Path folder) throws IOException {
        Workspace workspace = Workspace.create(folder);
        workspace.write("greeting.txt", "Hello, world\n");
        workspace.write("Check.java", """
                import java.nio.file.*;

                class Check {
                    public static void main(String[] args) throws Exception {
                        String greeting = Files.readString(Path.of("greeting.txt"));
                        if (!greeting.startsWith("Hello, ")) {
                            throw new AssertionError("not a greeting: " + greeting);
                        }
                    }
                }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        workspace.write("autosync/core_config.json", """
                {"version": 1, "modules": ["."], "tests": {"type": "command", "command": %s}}
                """.formatted(Json.strings(List.of(java, "Check.java"))));
        workspace.write("autosync/patches/greetings.json", """
                {"version": 1, "patches": [
                  {"id": "more-people", "format": "unified-diff", "lines": [
                    "--- a/greeting.txt", "+++ b/greeting.txt", "@@ -1 +1,2 @@", " Hello, world", "+Hello, moon"]},
                  {"id": "bad-manners", "format": "unified-diff", "lines": [
                    "--- a/greeting.txt", "+++ b/greeting.txt", "@@ -1 +1 @@", "-Hello, world", "+Hey!"]}
                ]}
                """);
        return workspace.root();
    }

    /** The folder of build results that this class lies in. */
    static Path target() {
        try {
            Path classes = Path.of(EmbeddingExample.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.createDirectories(classes.getParent());
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("cannot find the folder of this class", e);
        }
    }
}
