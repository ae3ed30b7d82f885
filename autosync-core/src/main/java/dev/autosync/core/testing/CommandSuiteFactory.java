package dev.autosync.core.testing;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.TestSuiteFactory;
import dev.autosync.testing.TestSuite;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes suites of the kind {@code command} from a configuration.
 *
 * <p>Keys: {@code command} (texts, must be there), {@code timeout} and {@code idleTimeout} (ISO 8601 durations), {@code junitReports},
 * {@code openTestReports}, {@code tapReports} and {@code passEnvironment} (texts). Threads: no state.
 */
public final class CommandSuiteFactory implements TestSuiteFactory {

    /** For ServiceLoader and the engine. */
    public CommandSuiteFactory() {}

    @Override
    public String name() {
        return "command";
    }

    @Override
    public TestSuite create(PluginSettings settings) {
        List<String> command = settings.strings("command");
        Optional<Duration> timeout = settings.duration("timeout");
        Optional<Duration> idleTimeout = settings.duration("idleTimeout");
        List<String> junit = settings.strings("junitReports");
        List<String> openTest = settings.strings("openTestReports");
        List<String> tap = settings.strings("tapReports");
        List<String> passed = settings.strings("passEnvironment");

        CommandSuite suite;
        try {
            suite = new CommandSuite(command);
        } catch (IllegalArgumentException e) {
            throw settings.invalid("command", e.getMessage() + ". Write the program and its arguments as a list of texts, "
                    + "for example [\"mvn\", \"-q\", \"test\"]");
        }
        if (timeout.isPresent()) {
            suite = suite.timeout(timeout.get());
        }
        if (idleTimeout.isPresent()) {
            suite = suite.idleTimeout(idleTimeout.get());
        }
        suite = folders(settings, "junitReports", junit, suite::junitReports);
        suite = folders(settings, "openTestReports", openTest, suite::openTestReports);
        suite = folders(settings, "tapReports", tap, suite::tapReports);
        try {
            return suite.passEnvironment(passed.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("passEnvironment", String.valueOf(e.getMessage()));
        }
    }

    private static CommandSuite folders(PluginSettings settings, String key, List<String> folders, Function<String[], CommandSuite> setter) {
        try {
            return setter.apply(folders.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw settings.invalid(key, String.valueOf(e.getMessage()));
        }
    }
}
