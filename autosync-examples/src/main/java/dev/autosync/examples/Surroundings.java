package dev.autosync.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies around the workspace: a git remote, and the two folders of a drop-box. */
final class Surroundings {
    private static final String BRANCH = "main";

    private final Path workspace;
    private final Path remote;
    private final Path inbox;
    private final Path outbox;

    private Surroundings(Path workspace, Path remote, Path inbox, Path outbox) {
        this.workspace = workspace;
        this.remote = remote;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** Empty folders, and a remote that holds the workspace as it is now. */
    static Surroundings create(Workspace workspace, Path folder) throws IOException, InterruptedException {
        Surroundings made = new Surroundings(workspace.root(), Workspace.create(folder.resolve("remote.git")).root(),
                Workspace.create(folder.resolve("inbox")).root(), Workspace.create(folder.resolve("outbox")).root());
        made.git(made.remote, "init", "--quiet", "--bare", "--initial-branch=" + BRANCH);
        made.git(made.workspace, "init", "--quiet", "--initial-branch=" + BRANCH);
        made.git(made.workspace, "add", ".");
        made.git(made.workspace, "-c", "user.name=Main job", "-c", "user.email=job@localhost", "commit", "--quiet", "--message=The project as it was");
        made.git(made.workspace, "push", "--quiet", made.remote.toString(), BRANCH);
        return made;
    }

    Path remote() {
        return remote;
    }

    Path inbox() {
        return inbox;
    }

    Path outbox() {
        return outbox;
    }

    /** Puts a file of patches into the drop-box as a careful program does: under another name first. */
    void drop(String name, String patches) throws IOException {
        Path partial = Files.writeString(inbox.resolve("." + name + ".tmp"), patches);
        Files.move(partial, inbox.resolve(name));
    }

    /** The commits of the remote, the latest one first: a short id, how many files it changes, and what it says of itself. */
    List<String> log() throws IOException, InterruptedException {
        List<String> commits = new ArrayList<>();
        for (String commit : git(remote, "log", "--format=%h %s", BRANCH)) {
            String id = commit.substring(0, commit.indexOf(' '));
            int files = git(remote, "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", id).size();
            commits.add(id + "  " + files + (files == 1 ? " file   " : " files  ") + commit.substring(id.length() + 1));
        }
        return commits;
    }

    /** What git says of the workspace that is not committed. */
    List<String> status() throws IOException, InterruptedException {
        return git(workspace, "status", "--porcelain");
    }

    private List<String> git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", File.separatorChar == '/' ? "/dev/null" : "NUL");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " says: " + output);
        }
        return output.lines().toList();
    }
}
