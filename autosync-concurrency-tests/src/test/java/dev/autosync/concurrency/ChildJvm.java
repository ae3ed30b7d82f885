package dev.autosync.concurrency;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM like this one, with some classes in front of the others. */
final class ChildJvm {
    private static final long LONGEST_MINUTES = 60;

    /** What it ended with, and what it printed. */
    record Ended(int code, String output) {}

    private ChildJvm() {}

    static Ended run(List<Path> changed, Path work, List<String> options, List<String> main) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Path log = Files.createTempFile(work, "run", ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath(changed));
        command.addAll(main);
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("No end after " + LONGEST_MINUTES + " minutes: " + main + "\n" + Files.readString(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }

    private static String classPath(List<Path> changed) {
        // Surefire's own class path is a jar that names the others; jcstress hands on what it sees to processes of its own.
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return changed.stream().map(path -> path.toAbsolutePath() + File.pathSeparator).collect(Collectors.joining()) + own;
    }
}
