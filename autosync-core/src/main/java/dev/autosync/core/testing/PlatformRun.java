package dev.autosync.core.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
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

    PlatformRun(ResultSet results) {
        listener = new PlatformResults(results);
    }

    /** The loader that sees the launcher, and with it the JUnit API of this process. */
    static ClassLoader parentLoader() {
        return LauncherFactory.class.getClassLoader();
    }

    /**
     * Finds the tests below the roots and runs them on this thread, whose context class loader must be {@code loader}.
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
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(new LinkedHashSet<>(roots)))
                .enableImplicitConfigurationParameters(false); // this process's own settings are not the suite's
        own(loader).forEach((key, value) -> request.configurationParameter((String) key, (String) value));
        if (loader.getResource("net/jqwik/engine/JqwikTestEngine.class") == null) {
            launcher.execute(request.forExecution().listeners(listener).cancellationToken(token).build());
            return;
        }
        // This engine keeps a file in the working folder of the process, and prints a line when told to keep none.
        Path scratch = Files.createTempDirectory("autosync-jqwik-");
        Path database = scratch.resolve("database");
        try {
            request.configurationParameter("jqwik.database", database.toString());
            launcher.execute(request.forExecution().listeners(listener).cancellationToken(token).build());
        } finally {
            Files.deleteIfExists(database);
            Files.deleteIfExists(scratch);
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
