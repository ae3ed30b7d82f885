package dev.autosync.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Virtual machines that a bench starts beside its own. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * One that runs a class of the bench. Small, and with the first compiler alone: the second one would compete for the processors with
     * what is measured, and locks and journals are mostly calls of the system. Its errors go where this process's go.
     *
     * @param main the class to run
     * @param arguments its arguments
     */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
