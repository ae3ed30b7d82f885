package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.TestSuiteFactory;
import dev.autosync.testing.TestSelection;
import dev.autosync.testing.TestSuite;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes suites of the kind {@code command} from a configuration.
 *
 * <p>Keys: {@code command} (texts, must be there), {@code timeout} and {@code idleTimeout} (ISO 8601 durations), {@code junitReports},
 * {@code openTestReports}, {@code tapReports}, {@code passEnvironment} and {@code failFastArguments} (texts), {@code selection} ({@code maven} or {@code gradle}) or
 * {@code selectionTemplate} (texts). Threads: no state.
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
        List<String> failFast = settings.strings("failFastArguments");
        Optional<TestSelection> selection = selection(settings);

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
        suite = with(settings, "junitReports", junit, suite::junitReports);
        suite = with(settings, "openTestReports", openTest, suite::openTestReports);
        suite = with(settings, "tapReports", tap, suite::tapReports);
        if (selection.isPresent()) {
            suite = suite.selection(selection.get());
        }
        suite = with(settings, "failFastArguments", failFast, suite::failFast);
        try {
            return suite.passEnvironment(passed.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("passEnvironment", String.valueOf(e.getMessage()));
        }
    }

    private static CommandSuite with(PluginSettings settings, String key, List<String> texts, Function<String[], CommandSuite> setter) {
        try {
            return setter.apply(texts.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw settings.invalid(key, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<TestSelection> selection(PluginSettings settings) {
        Optional<String> name = settings.string("selection");
        List<String> template = settings.strings("selectionTemplate");
        if (name.isPresent() && !template.isEmpty()) {
            throw settings.invalid("selection", "stands beside selectionTemplate; remove one of them");
        }
        try {
            return template.isEmpty() ? name.map(text -> named(settings, text)) : Optional.of(TestSelection.template(template.toArray(String[]::new)));
        } catch (IllegalArgumentException e) {
            throw settings.invalid("selectionTemplate", String.valueOf(e.getMessage()));
        }
    }

    private static TestSelection named(PluginSettings settings, String name) {
        return switch (name) {
            case "maven" -> TestSelection.maven();
            case "gradle" -> TestSelection.gradle();
            default -> throw settings.invalid("selection", "must be maven or gradle, is '" + Untrusted.line(name, 80)
                    + "'; for another tool name its arguments with selectionTemplate");
        };
    }
}
