package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The peer: a shell script that does a cycle with git, on a repository of its own. */
final class GitScript {
    /** Forces what git leaves to the system, so that its commits outlive a power cut as AutoSync's do. */
    static final Map<String, String> DURABLE = Map.of(
            "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", "core.fsync", "GIT_CONFIG_VALUE_0", "all");

    private final Path script;
    private final Path workTree;
    private final Path patchFile;

    /**
     * The peer.
     *
     * @param script the shell script
     * @param workTree the tree, without a repository yet
     * @param patchFile where a patch may be written for the script to read
     */
    GitScript(Path script, Path workTree, Path patchFile) {
        this.script = script;
        this.workTree = workTree;
        this.patchFile = patchFile;
    }

    /** Makes a repository whose first commit holds the tree; the time of add and commit. */
    Duration firstCommit() throws IOException, InterruptedException {
        run(Map.of(), "git", "init", "--quiet");
        // No cycle is to pay for housekeeping.
        run(Map.of(), "git", "config", "gc.auto", "0");
        run(Map.of(), "git", "config", "maintenance.auto", "false");
        long start = System.nanoTime();
        run(Map.of(), "git", "add", "--all");
        run(Map.of(), "git", "commit", "--quiet", "--message", "first");
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        // Packed as a repository is that has been used for a while. No file resembles another, so none is compared with others.
        run(Map.of(), "git", "-c", "pack.window=0", "repack", "-a", "-d", "--quiet");
        return time;
    }

    /** One cycle; its time. */
    Duration cycle(String diff, String message, Map<String, String> settings) throws IOException, InterruptedException {
        Files.writeString(patchFile, diff);
        String head = head();
        long start = System.nanoTime();
        run(settings, "sh", script.toString(), patchFile.toString(), message);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (head().equals(head)) {
            throw new IllegalStateException("the script has committed nothing");
        }
        return time;
    }

    /** How long this process takes to start a shell that does nothing: a part of every cycle that is not the script's fault. */
    Duration startShell() throws IOException, InterruptedException {
        long start = System.nanoTime();
        run(Map.of(), "sh", "-c", "true");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private String head() throws IOException {
        Path git = workTree.resolve(".git");
        String ref = Files.readString(git.resolve("HEAD")).strip().substring("ref: ".length());
        return Files.readString(git.resolve(ref));
    }

    private void run(Map<String, String> settings, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(workTree.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        // git with its defaults, whatever the user has configured.
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", "Bench");
            environment.put("GIT_" + role + "_EMAIL", "bench@example.org");
        }
        environment.putAll(settings);
        Process process = builder.start();
        process.getOutputStream().close();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
        }
    }
}
