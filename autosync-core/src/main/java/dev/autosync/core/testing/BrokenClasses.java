package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult.Status;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the classes below the scanned folders that cannot be loaded, for the JUnit Platform passes over them without a word: the run
 * would be green because its tests were lost. Each is a failed result.
 */
final class BrokenClasses {
    private static final String SUFFIX = ".class";

    private BrokenClasses() {}

    static void addTo(ResultSet results, ClassLoader loader, List<Path> roots) throws IOException {
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files.map(root::relativize).sorted()::iterator) {
                    String path = file.toString();
                    if (path.endsWith(SUFFIX) && !path.endsWith("-info.class")) {
                        check(results, loader, path.substring(0, path.length() - SUFFIX.length()).replace(File.separatorChar, '.'));
                    }
                }
            }
        }
    }

    private static void check(ResultSet results, ClassLoader loader, String name) {
        try {
            // Without running any of its code. The methods must be known too, for among them tests are sought.
            Class.forName(name, false, loader).getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError e) {
            results.add(Untrusted.line(name, 1_000), Status.FAILED, Duration.ZERO,
                    Untrusted.line("The class cannot be loaded: " + Failures.message(e), 2_000));
        }
    }
}
