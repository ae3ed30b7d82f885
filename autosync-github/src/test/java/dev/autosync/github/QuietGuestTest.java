package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own in which the connector must not be noticed: no file in the home folder, no child process, no setting of JGit. */
class QuietGuestTest {
    @TempDir
    Path root;

    @Test
    void leavesTheHomeFolderEmptyStartsNothingAndObeysNoEnvironment() throws Exception {
        try (World world = World.withOneCommit(root)) {
            ProcessBuilder builder = child(QuietMain.class, world.server.address("o/r.git"), world.workspace.folder().toString(),
                    world.state().toString());
            Map<String, String> environment = builder.environment();
            environment.put("GIT_DIR", root.resolve("nowhere").toString());
            environment.put("GIT_INDEX_FILE", root.resolve("nowhere").toString());
            environment.put("GIT_OBJECT_DIRECTORY", root.resolve("nowhere").toString());
            environment.put("GIT_SSH_COMMAND", "ssh");
            environment.put("GIT_AUTHOR_NAME", "Nobody");
            String output = run(builder);

            assertThat(output.lines().filter(line -> line.startsWith("APPLIED")).count()).as(output).isEqualTo(3);
            assertThat(output).doesNotContain("not moved").contains("reader org.eclipse.jgit.util.SystemReader$Default").contains("alive 1\n");
            try (Stream<Path> files = Files.list(home())) {
                assertThat(files).isEmpty();
            }
            assertThat(mark()).doesNotExist();
            assertThat(world.bare.run("log", "-1", "--format=%an", "main")).isEqualTo("AutoSync");
        }
    }

    @Test
    void jgitsOwnRepositoryWouldHaveBeenNoticed() throws Exception {
        try (World world = World.withOneCommit(root)) {
            String output = run(child(NoisyMain.class, world.workspace.folder().toString()));

            assertThat(mark()).as(output).exists();
        }
    }

    private Path home() {
        return root.resolve("home");
    }

    /** What every program that is looked for in the path leaves behind. */
    private Path mark() {
        return root.resolve("mark");
    }

    private ProcessBuilder child(Class<?> main, String... arguments) throws IOException {
        Files.createDirectory(home()).toFile().setReadOnly();
        Path bin = Files.createDirectory(root.resolve("bin"));
        for (String program : List.of("git", "sh", "ssh", "uname")) {
            Path trap = bin.resolve(program);
            Files.writeString(trap, "#!/bin/bash\necho " + program + " >> '" + mark() + "'\n");
            trap.toFile().setExecutable(true);
        }
        String classPath = String.join(File.pathSeparator, String.valueOf(System.getProperty("jdk.module.path")),
                System.getProperty("java.class.path"), Path.of("target/test-classes").toAbsolutePath().toString());
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.home=" + home(), "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("HOME", home().toString(), "XDG_CONFIG_HOME", home().toString(), "PATH", bin.toString()));
        return builder;
    }

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process child = builder.start();
        child.getOutputStream().close();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output;
    }
}
