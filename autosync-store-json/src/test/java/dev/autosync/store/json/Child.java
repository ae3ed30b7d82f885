package dev.autosync.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.StoredEvent;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;

/** A Java process of its own that runs a main class of these tests. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader();
        this.in = new PrintWriter(process.outputWriter(), true);
        this.errors = errors;
    }

    static Child start(Path errors, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", classPath(), main.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** The next line that it prints; null at its end. */
    String line() throws IOException {
        return out.readLine();
    }

    /** Sends it a line. */
    void say(Object... words) {
        in.println(Stream.of(words).map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Kills it; what it printed before can still be read. */
    void kill() {
        // The handle leaves the output open.
        process.toHandle().destroyForcibly();
    }

    /** Whether processes can be stopped and continued here, and be seen to be. */
    static boolean canBeStopped() {
        return Files.isDirectory(Path.of("/proc/self/task")) && Files.isExecutable(Path.of("/bin/kill"));
    }

    /** Stops it wherever it is; returns when none of its threads runs any more. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        while (!isStopped()) {
            Thread.onSpinWait();
        }
    }

    void proceed() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    private boolean isStopped() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return threads.allMatch(thread -> {
                try {
                    // The state follows the name, which is in brackets (proc(5)).
                    String line = Files.readString(thread.resolve("stat"));
                    return line.startsWith(") T", line.lastIndexOf(')'));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Where the classes really are: on the module path they are in no system property. */
    private static String classPath() {
        return Stream.of(JsonStore.class, Child.class, StoredEvent.class, JsonParser.class).map(Child::origin).distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = type.getResource("/" + name).toString();
        String root = url.substring(0, url.length() - name.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.length() - "!/".length());
        }
        Path path = Path.of(URI.create(root));
        assertThat(Files.exists(path)).isTrue();
        return path.toString();
    }
}
