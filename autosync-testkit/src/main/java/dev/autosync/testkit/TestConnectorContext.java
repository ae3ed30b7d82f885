package dev.autosync.testkit;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the engine lends a connector, for tests: settings and secrets from maps, a workspace and a state folder, a clock that stands still.
 *
 * <p>A secret is put under the key that the connector asks for; its setting is then {@code secret:test/<key>}, so that a connector finds the
 * same as in the engine. Called by tests. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public final class TestConnectorContext implements ConnectorContext {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T11:50:34Z"), ZoneOffset.UTC);
    private static final String REFERENCE = "secret:test/";

    private final Path workspace;
    private final Map<String, String> secrets;
    private final MapSettings settings;

    private TestConnectorContext(Path workspace, Map<String, String> secrets, MapSettings settings) {
        this.workspace = workspace;
        this.secrets = secrets;
        this.settings = settings;
    }

    /**
     * A context without secrets.
     *
     * @param workspace a folder; created if it is not there
     * @param settings what {@link MapSettings#of} takes
     * @return the context
     */
    public static TestConnectorContext of(Path workspace, Map<String, ?> settings) {
        return of(workspace, settings, Map.of());
    }

    /**
     * A context with secrets.
     *
     * @param workspace a folder; created if it is not there
     * @param settings what {@link MapSettings#of} takes; for keys of secrets it may be left out
     * @param secrets the secrets by the keys of the settings that refer to them
     * @return the context
     */
    public static TestConnectorContext of(Path workspace, Map<String, ?> settings, Map<String, String> secrets) {
        Map<String, Object> all = new HashMap<>(settings);
        secrets.keySet().forEach(key -> all.putIfAbsent(key, REFERENCE + key));
        return new TestConnectorContext(created(workspace.toAbsolutePath()), Map.copyOf(secrets), MapSettings.of(all));
    }

    /** Always {@code test}. */
    @Override
    public String name() {
        return "test";
    }

    @Override
    public MapSettings settings() {
        return settings;
    }

    @Override
    public Optional<SecretHandle> secret(String key) {
        return settings.string(key).map(reference -> {
            if (!reference.equals(REFERENCE + key) || !secrets.containsKey(key)) {
                throw new AutoSyncException(ErrorCode.SECRET_REFERENCE, key + " must be a reference to a secret of this test");
            }
            return new Handle(reference, Objects.requireNonNull(secrets.get(key)));
        });
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public Path stateFolder() {
        return created(workspace.resolve(".autosync").resolve("connectors").resolve(name()));
    }

    /** Always 2026-11-23T11:50:34Z. */
    @Override
    public Clock clock() {
        return CLOCK;
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints as its reference, and is no record for that. */
    private static final class Handle implements SecretHandle {
        private final String reference;
        private final String secret;

        Handle(String reference, String secret) {
            this.reference = reference;
            this.secret = secret;
        }

        @Override
        public String reference() {
            return reference;
        }

        @Override
        public Secret fetch() {
            return Secret.of(secret.toCharArray());
        }

        @Override
        public String toString() {
            return reference;
        }
    }
}
