package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.JUnitTests;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A suite that runs in this process on the JUnit Platform 6, in a class loader of its own for each run.
 *
 * <p>Where no folder is named to be scanned, the one that is compiled into is. Every class in a scanned folder must be one that can
 * be loaded, else the run is red. Annotation processors are not run. Threads: immutable; a run blocks its caller and uses one daemon
 * thread, which ends with it unless a test does not even end when it is interrupted.
 */
public final class JUnitPlatformSuite implements JUnitTests {
    private List<Path> testClasses = List.of();
    private List<Path> classPath = List.of();
    private @Nullable Path sources;
    private @Nullable Path classes;
    private Duration timeout = Durations.DEFAULT_TIMEOUT;

    /** A suite of no folders, with a time-out of 10 minutes. */
    public JUnitPlatformSuite() {}

    private JUnitPlatformSuite(JUnitPlatformSuite other) {
        testClasses = other.testClasses;
        classPath = other.classPath;
        sources = other.sources;
        classes = other.classes;
        timeout = other.timeout;
    }

    @Override
    public JUnitPlatformSuite testClasses(Path... folders) {
        JUnitPlatformSuite copy = new JUnitPlatformSuite(this);
        copy.testClasses = joined(testClasses, "folders", folders);
        return copy;
    }

    @Override
    public JUnitPlatformSuite classPath(Path... entries) {
        JUnitPlatformSuite copy = new JUnitPlatformSuite(this);
        copy.classPath = joined(classPath, "entries", entries);
        return copy;
    }

    @Override
    public JUnitPlatformSuite compile(Path sources, Path classes) {
        Path from = requireInside("sources", sources);
        Path to = requireInside("classes", classes);
        if (from.startsWith(to) || to.startsWith(from) || to.toString().isEmpty()) {
            throw new IllegalArgumentException("sources and classes must be apart, were " + sources + " and " + classes);
        }
        JUnitPlatformSuite copy = new JUnitPlatformSuite(this);
        copy.sources = from;
        copy.classes = to;
        return copy;
    }

    @Override
    public JUnitPlatformSuite timeout(Duration timeout) {
        JUnitPlatformSuite copy = new JUnitPlatformSuite(this);
        copy.timeout = Durations.requirePositive(timeout);
        return copy;
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before the tests began");
        }
        try {
            // A class of the oldest version that will do: the launchers of JUnit 5 cannot be cancelled.
            Class.forName("org.junit.platform.launcher.LauncherExecutionRequest", false, JUnitPlatformSuite.class.getClassLoader());
            return new JUnitRun(this, context).within(timeout);
        } catch (ClassNotFoundException | LinkageError e) {
            return TestRun.of(Verdict.NOT_RUN, "The JUnit Platform 6 is not there. Add the dependencies "
                    + "org.junit.platform:junit-platform-launcher and org.junit.jupiter:junit-jupiter-engine beside autosync-core; on "
                    + "the module path also --add-modules org.junit.platform.launcher", List.of(), Duration.ZERO);
        }
    }

    /** The folders to scan, absolute. */
    List<Path> roots(TestContext context) {
        List<Path> roots = testClasses.isEmpty() && classes != null ? List.of(classes) : testClasses;
        return roots.stream().map(folder -> Origin.rebased(context, folder)).distinct().toList();
    }

    /** All that the suite's classes are loaded from, absolute: what is scanned, what is compiled, what they need. */
    List<Path> entries(TestContext context) {
        List<Path> all = new ArrayList<>(roots(context));
        if (classes != null) {
            all.add(Origin.rebased(context, classes));
        }
        classPath.forEach(entry -> all.add(Origin.rebased(context, entry)));
        return all.stream().distinct().toList();
    }

    @Nullable Path sources() {
        return sources;
    }

    @Nullable Path classes() {
        return classes;
    }

    private static List<Path> joined(List<Path> before, String parameter, Path... more) {
        List<Path> all = new ArrayList<>(before);
        for (Path path : more) {
            all.add(requireInside(parameter, path));
        }
        return List.copyOf(all);
    }

    private static Path requireInside(String parameter, Path path) {
        Path normal = path.normalize();
        if (normal.startsWith("..")) {
            throw new IllegalArgumentException(parameter + " must be below the workspace if relative, was " + path);
        }
        return normal;
    }

    @Override
    public boolean selective() {
        return true;
    }

    @Override
    public String fingerprint() {
        return Untrusted.line("junit-platform testClasses=" + testClasses + " classPath=" + classPath + " sources=" + sources
                + " classes=" + classes + " timeout=" + timeout + " java=" + System.getProperty("java.vm.version"), 10_000);
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
