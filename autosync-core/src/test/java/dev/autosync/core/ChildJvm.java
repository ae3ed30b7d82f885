package dev.autosync.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Another process with the engine on its class path, whose output a test reads line by line. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a main class of these tests. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp",
                classPath(main), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
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

    private static String classPath(Class<?> main) throws IOException {
        Set<String> entries = new LinkedHashSet<>();
        for (Class<?> type : List.of(main, dev.autosync.core.engine.CoreFactories.class, dev.autosync.SyncEngine.class,
                tools.jackson.core.JsonParser.class, org.slf4j.Logger.class)) {
            entries.add(location(type));
        }
        for (String module : List.of("dev.autosync.store.json.JsonStoreFactory", "org.slf4j.simple.SimpleServiceProvider")) {
            try {
                entries.add(location(Class.forName(module)));
            } catch (ClassNotFoundException e) {
                throw new IOException(module + " is not on the path of the tests", e);
            }
        }
        // Under the module path the tests' classes are patched into the module; the folder with the services is the module's own.
        entries.add(Path.of("target", "classes").toAbsolutePath().toString());
        entries.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        return String.join(java.io.File.pathSeparator, entries);
    }

    private static String location(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
