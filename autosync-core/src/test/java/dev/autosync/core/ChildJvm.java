package dev.autosync.core;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another process with the engine on its class path, whose output a test reads line by line. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a main class of these tests on the class path. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(Map.of(), main, arguments);
    }

    /** Starts a main class of these tests on the class path, with more variables in its environment. */
    public static ChildJvm start(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        List<Path> entries = new ArrayList<>(modules());
        entries.addAll(testClasses());
        List<String> command = new ArrayList<>(List.of("-cp", path(entries), main.getName()));
        command.addAll(List.of(arguments));
        return java(environment, "error", command);
    }

    /** Starts java with some arguments; what is logged from a level on is part of its output. */
    public static ChildJvm java(String logLevel, List<String> arguments) throws IOException {
        return java(Map.of(), logLevel, arguments);
    }

    private static ChildJvm java(Map<String, String> environment, String logLevel, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + logLevel));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** What a tool has on its path that uses the engine and the default store. */
    public static List<Path> modules() throws IOException {
        List<Path> entries = new ArrayList<>();
        // The engine's own folder: under the module path the classes of these tests say that they are from there, too.
        entries.add(Path.of("target", "classes").toAbsolutePath());
        entries.add(location("dev.autosync.SyncEngine"));
        entries.add(location("dev.autosync.store.json.JsonStoreFactory"));
        entries.add(location("tools.jackson.core.JsonParser"));
        entries.add(location("org.slf4j.Logger"));
        return entries;
    }

    /** What these tests have on their path, with the SQLite store. */
    public static List<Path> everything() throws IOException {
        List<Path> entries = new ArrayList<>(modules());
        entries.addAll(testClasses());
        entries.add(location("dev.autosync.store.sqlite.SqliteStoreFactory"));
        entries.add(location("org.sqlite.JDBC"));
        return entries;
    }

    /** The classes of these tests, and somebody who logs. */
    public static List<Path> testClasses() throws IOException {
        return List.of(Path.of("target", "test-classes").toAbsolutePath(), location("org.slf4j.simple.SimpleServiceProvider"));
    }

    /** Entries as java wants them. */
    public static String path(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The next line of its output; null at its end. */
    public String line() throws IOException {
        return output.readLine();
    }

    /** Reads on until a line begins with a text. */
    public String lineWith(String beginning) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the child ended without '" + beginning + "'; it said:\n" + all);
    }

    /** Tells it a line, and returns the line that it answers. */
    public String ask(String line) throws IOException {
        tell(line);
        return String.valueOf(line());
    }

    /** Tells it a line. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Its process id, as this process sees it. */
    public long pid() {
        return process.pid();
    }

    /** Stops it as SIGSTOP does, and returns when it stands still (Linux). */
    public void stop() throws IOException, InterruptedException {
        signal("STOP");
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        String text = Files.readString(stat);
        while (text.charAt(text.lastIndexOf(')') + 2) != 'T') {
            Thread.onSpinWait();
            text = Files.readString(stat);
        }
    }

    /** Lets it go on. */
    public void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    /** Ends it as SIGKILL does, and waits for its end. */
    public void kill() throws InterruptedException {
        // Process.destroyForcibly would close the stream that the test still reads.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the child did not die");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static Path location(String type) throws IOException {
        try {
            return Path.of(Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IOException(type + " is not on the path of the tests", e);
        }
    }
}
