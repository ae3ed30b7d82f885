package dev.autosync.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A work tree with a repository of real git. */
public final class GitRepository {
    private final Path root;

    private GitRepository(Path root) {
        this.root = root;
    }

    /** Makes a repository; without git on the path the test is skipped. */
    public static GitRepository init(Path root, String... options) throws IOException, InterruptedException {
        assumeThat(Stream.of(System.getenv("PATH").split(":"))).as("git is on the PATH")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
        GitRepository repository = new GitRepository(root);
        List<String> arguments = new ArrayList<>(List.of("init", "-q"));
        arguments.addAll(List.of(options));
        repository.git(arguments.toArray(new String[0]));
        return repository;
    }

    /** Runs git without the settings of this machine. */
    public String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.safecrlf=false", "-c",
                "gc.auto=0", "-c", "core.fsync=none"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** Commits all of the work tree. */
    public void commit(String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
    }

    /** Packs everything that can be reached, and deletes everything else. */
    public void gc() throws IOException, InterruptedException {
        git("reflog", "expire", "--expire=now", "--all");
        git("gc", "-q", "--prune=now");
    }

    /** The files of its objects, of all kinds. */
    public List<Path> objects() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(".git/objects"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
