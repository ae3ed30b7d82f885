package dev.autosync.bench.crash;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Commands of the system that a power cut needs, and whether they are here. */
final class Commands {
    /** Beside the path of the environment: an unprivileged user's may lack them. */
    private static final List<String> SYSTEM = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Commands() {}

    /** Where a command lies. */
    static Optional<String> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : (path + File.pathSeparator + String.join(File.pathSeparator, SYSTEM)).split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return Optional.of(Path.of(folder, name).toString());
            }
        }
        return Optional.empty();
    }

    /** Whether this process belongs to root. */
    static boolean root() {
        try {
            return Files.exists(Path.of("/proc/self")) && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Runs a command and waits for it.
     *
     * @throws IOException with what it has said, if it fails
     */
    static void run(String... command) throws IOException {
        String[] found = command.clone();
        found[0] = find(command[0]).orElseThrow(() -> new IOException("there is no command " + command[0]));
        Process process = new ProcessBuilder(found).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " has failed with " + exit + ": " + said);
        }
    }
}
