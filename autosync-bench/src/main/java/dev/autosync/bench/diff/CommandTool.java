package dev.autosync.bench.diff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command that reads the diff from a file beside the workspace; it has failed if it does not end with 0. */
final class CommandTool implements DiffTool {
    private final String who;
    private final List<String> command;

    private CommandTool(String who, List<String> command) {
        this.who = who;
        this.command = command;
    }

    static CommandTool gitApply() {
        return new CommandTool("git-apply", List.of("git", "apply", "--whitespace=nowarn"));
    }

    /** With its defaults, but without questions: a fuzz of 2, and no guess that the patch is reversed. */
    static CommandTool gnuPatch() {
        return new CommandTool("gnu-patch", List.of("patch", "-p1", "--force", "--input"));
    }

    @Override
    public String who() {
        return who;
    }

    @Override
    public Said apply(Path workspace, byte[] diff) throws IOException, InterruptedException {
        Path patch = workspace.resolveSibling("patch-for-" + who);
        Files.write(patch, diff);
        List<String> all = new ArrayList<>(command);
        all.add(patch.toString());
        try {
            return run(workspace, all) == 0 ? Said.APPLIED : Said.FAILED;
        } finally {
            Files.delete(patch);
        }
    }

    /** Runs a command with nothing of what the user has configured for git. */
    static int run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = builder.start();
        process.getOutputStream().close();
        return process.waitFor();
    }
}
