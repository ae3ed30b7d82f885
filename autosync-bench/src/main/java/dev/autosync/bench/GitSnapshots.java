package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** git with its defaults, its repository outside of the tree. Its times include starting it, as whoever calls it has to. */
final class GitSnapshots implements SnapshotPeer {
    private final Path tree;
    private final Path repositories;
    private int repository;

    GitSnapshots(Path tree, Path repositories) {
        this.tree = tree;
        this.repositories = repositories;
    }

    @Override
    public String who() {
        return "git";
    }

    @Override
    public void forget() throws IOException, InterruptedException {
        repository++;
        git("init", "--quiet");
        git("config", "gc.auto", "0");
    }

    @Override
    public void look() throws IOException, InterruptedException {
        git("status", "--porcelain");
    }

    @Override
    public void keep() throws IOException, InterruptedException {
        git("add", "--all");
        git("write-tree");
    }

    /** Commits what it has kept, to be as somebody who has been at work for a while. Not measured. */
    void settle() throws IOException, InterruptedException {
        git("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message", "first");
    }

    /** Puts its objects into one pack, where they are found first; to delete the files that they were in would take longer. Not measured. */
    void pack() throws IOException, InterruptedException {
        git("repack", "-q", "--window=0");
    }

    /** Its repository. */
    Path repository() {
        return repositories.resolve("git" + repository);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_WORK_TREE", tree.toString(),
                "GIT_DIR", repository().toString()));
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit);
        }
    }

    @Override
    public void close() {}
}
