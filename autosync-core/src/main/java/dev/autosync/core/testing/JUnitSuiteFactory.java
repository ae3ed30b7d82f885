package dev.autosync.core.testing;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.TestSuiteFactory;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes suites of the kind {@code junit-platform} from a configuration.
 *
 * <p>Keys: {@code testClasses} and {@code classPath} (texts), {@code sources} and {@code classes} (texts, both or neither),
 * {@code timeout} (an ISO 8601 duration). Threads: no state.
 */
public final class JUnitSuiteFactory implements TestSuiteFactory {

    /** For ServiceLoader and the engine. */
    public JUnitSuiteFactory() {}

    @Override
    public String name() {
        return "junit-platform";
    }

    @Override
    public TestSuite create(PluginSettings settings) {
        List<String> testClasses = settings.strings("testClasses");
        List<String> classPath = settings.strings("classPath");
        Optional<String> sources = settings.string("sources");
        Optional<String> classes = settings.string("classes");
        Optional<Duration> timeout = settings.duration("timeout");

        if (sources.isPresent() != classes.isPresent()) {
            throw settings.invalid(sources.isPresent() ? "sources" : "classes",
                    "sources and classes belong together: what is compiled, and where the classes go");
        }
        if (testClasses.isEmpty() && classes.isEmpty()) {
            throw settings.invalid("testClasses", "testClasses must name at least one folder of test classes, "
                    + "for example [\"target/test-classes\"]");
        }
        JUnitPlatformSuite suite = new JUnitPlatformSuite();
        suite = checked(settings, "testClasses", suite, s -> s.testClasses(paths(testClasses)));
        suite = checked(settings, "classPath", suite, s -> s.classPath(paths(classPath)));
        if (sources.isPresent() && classes.isPresent()) {
            suite = checked(settings, "classes", suite, s -> s.compile(Path.of(sources.get()), Path.of(classes.get())));
        }
        return timeout.isPresent() ? suite.timeout(timeout.get()) : suite;
    }

    private static JUnitPlatformSuite checked(PluginSettings settings, String key, JUnitPlatformSuite suite,
            Function<JUnitPlatformSuite, JUnitPlatformSuite> change) {
        try {
            return change.apply(suite);
        } catch (IllegalArgumentException e) {
            throw settings.invalid(key, String.valueOf(e.getMessage()));
        }
    }

    private static Path[] paths(List<String> texts) {
        return texts.stream().map(Path::of).toArray(Path[]::new);
    }
}
