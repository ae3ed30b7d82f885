package dev.autosync.core.testing;

import dev.autosync.testing.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run on the JUnit Platform. With {@link PlatformResults} the only class that needs the launcher, which may be missing: nobody
 * may touch it before it is known that there is one.
 *
 * <p>Threads: {@link #cancel} and {@link #running} may be called by any thread.
 */
final class PlatformRun {
    private final CancellationToken token = CancellationToken.create();
    private final PlatformResults listener;
    private final TestContext context;

    PlatformRun(ResultSet results, TestContext context) {
        this.context = context;
        listener = new PlatformResults(results, context.endsAtFirstFailure() ? token::cancel : null);
    }

    /** The loader that sees the launcher, and with it the JUnit API of this process. */
    static ClassLoader parentLoader() {
        return LauncherFactory.class.getClassLoader();
    }

    /**
     * Finds the tests below the roots and runs those that are asked for on this thread, whose context class loader must be {@code loader}.
     *
     * @throws NoEngineException if there is nobody who could run them
     * @throws IOException if the suite's own settings of the platform cannot be read
     */
    void execute(SuiteClassLoader loader, List<Path> roots) throws IOException {
        // Engines are sought through the context class loader. Whatever else this process has registered is for its own tests.
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        Launcher launcher;
        try {
            launcher = LauncherFactory.create(config);
        } catch (JUnitException e) {
            throw new NoEngineException(Failures.message(e));
        }
        Properties own = own(loader);
        if (loader.getResource("net/jqwik/engine/JqwikTestEngine.class") == null) {
            execute(launcher, roots, own);
            return;
        }
        // This engine keeps a file in the working folder of the process, and prints a line when told to keep none.
        Path scratch = Files.createTempDirectory("autosync-jqwik-");
        Path database = scratch.resolve("database");
        try {
            own.setProperty("jqwik.database", database.toString());
            execute(launcher, roots, own);
        } finally {
            Files.deleteIfExists(database);
            Files.deleteIfExists(scratch);
        }
    }

    private void execute(Launcher launcher, List<Path> roots, Properties own) {
        for (Predicate<String> round : PlatformRounds.of(context)) {
            if (!token.isCancellationRequested()) {
                LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClasspathRoots(new LinkedHashSet<>(roots)))
                        // Asked of what holds no other: tests, and what will find its tests only when it is run.
                        .filters((PostDiscoveryFilter) found -> FilterResult.includedIf(round.test(PlatformIds.of(found))))
                        .enableImplicitConfigurationParameters(false); // this process's own settings are not the suite's
                own.forEach((key, value) -> request.configurationParameter((String) key, (String) value));
                launcher.execute(request.forExecution().listeners(listener).cancellationToken(token).build());
            }
        }
    }

    private static Properties own(SuiteClassLoader loader) throws IOException {
        Properties properties = new Properties();
        if (loader.hasInFolders(SuiteClassLoader.PLATFORM_PROPERTIES)) {
            try (InputStream in = loader.getResourceAsStream(SuiteClassLoader.PLATFORM_PROPERTIES)) {
                if (in != null) {
                    properties.load(in);
                }
            }
        }
        return properties;
    }

    /** Lets no further test begin. */
    void cancel() {
        token.cancel();
    }

    /** Whether the run was ended by a failure. */
    boolean endedEarly() {
        return listener.ended();
    }

    /** The ids of the tests that have begun and not ended. */
    List<String> running() {
        return listener.running();
    }

    /** There is a launcher and no engine. */
    static final class NoEngineException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NoEngineException(String message) {
            super(message);
        }
    }
}
