package dev.autosync.examples;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * The test program: compiles all of {@code src} and runs its tests, from nothing each time, in the current folder.
 *
 * <p>What a build tool would do in this place, in one process instead of three. Writes {@code target/reports}; exits with 0 if all is
 * well. Has no other class beside it, so that it runs without AutoSync on its class path.
 */
final class RunTests {
    private static final Path SOURCES = Path.of("src");
    private static final Path TEST_RESOURCES = Path.of("src/test/resources");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path REPORTS = Path.of("target/reports");

    private RunTests() {}

    /**
     * Runs the tests.
     *
     * @param args none
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        delete(CLASSES);
        delete(REPORTS);
        boolean green = compile() && test();
        // A test may have left a thread behind; the verdict does not wait for it.
        System.exit(green ? 0 : 1);
    }

    private static boolean compile() throws IOException {
        Files.createDirectories(CLASSES);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-nowarn", "-d", CLASSES.toString(),
                "-classpath", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null); Stream<Path> tree = Files.walk(SOURCES)) {
            List<File> sources = tree.filter(path -> path.toString().endsWith(".java")).sorted().map(Path::toFile).toList();
            return javac.getTask(null, files, null, options, null, files.getJavaFileObjectsFromFiles(sources)).call();
        }
    }

    private static boolean test() throws IOException {
        URL[] classPath = {CLASSES.toUri().toURL(), TEST_RESOURCES.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, RunTests.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(CLASSES)))
                    .build();
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            Launcher launcher = LauncherFactory.create();
            launcher.execute(request, summary, new LegacyXmlReportGeneratingListener(REPORTS, new PrintWriter(System.err, true)));
            return summary.getSummary().getTotalFailureCount() == 0;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
