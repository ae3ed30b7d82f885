package dev.autosync.examples;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that tests the workspace: {@link RunTests} in a Java process of its own.
 *
 * <p>Such a process lives for two seconds, so its start is what counts. The first compiler of the JVM alone does, and a class
 * data archive, made once by a first run, spares it the reading of some four thousand classes. Neither changes a verdict.
 */
final class TestProgram {
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path archive;
    private final String classPath;

    private TestProgram(Path archive, String classPath) {
        this.archive = archive;
        this.classPath = classPath;
    }

    /** Prepares the program: a jar and, where the JVM can make one, an archive of classes. */
    static TestProgram prepare(Path folder, List<Path> libraries, Path workspace) throws IOException, InterruptedException {
        Path jar = folder.resolve("run-tests.jar");
        writeJar(jar, RunTests.class);
        String classPath = Stream.concat(Stream.of(jar), libraries.stream())
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        TestProgram program = new TestProgram(folder.resolve("run-tests.jsa").toAbsolutePath(), classPath);
        Files.deleteIfExists(program.archive);
        program.runOnce(workspace);
        return program;
    }

    /** What to run in the workspace. A JVM that finds no archive, or one that does not fit, goes on without. */
    List<String> command() {
        return command("-XX:SharedArchiveFile=" + archive);
    }

    private List<String> command(String archiveOption) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.add(archiveOption);
        command.addAll(List.of("-Xshare:auto", "-classpath", classPath, RunTests.class.getName()));
        return command;
    }

    private void runOnce(Path workspace) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command("-XX:ArchiveClassesAtExit=" + archive))
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IOException("the tests of the untouched project have not ended after two minutes");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void writeJar(Path jar, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(entry); OutputStream out = Files.newOutputStream(jar);
                JarOutputStream jarOut = new JarOutputStream(out)) {
            if (in == null) {
                throw new IOException("cannot find " + entry);
            }
            jarOut.putNextEntry(new JarEntry(entry));
            in.transferTo(jarOut);
        }
    }
}
