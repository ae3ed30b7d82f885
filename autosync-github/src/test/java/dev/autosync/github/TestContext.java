package dev.autosync.github;

import dev.autosync.ErrorCode;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.SecretsException;
import dev.autosync.testkit.MapSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** What an engine would lend, given as values. Secrets are texts as {@code secret:test/VALUE}. */
final class TestContext implements ConnectorContext {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final MapSettings settings;
    private final Map<String, ?> values;
    private final Path workspace;
    private final Path state;

    TestContext(Map<String, ?> values, Path workspace, Path state) {
        this.settings = MapSettings.of(values);
        this.values = values;
        this.workspace = workspace;
        this.state = state;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public PluginSettings settings() {
        return settings;
    }

    MapSettings mapSettings() {
        return settings;
    }

    @Override
    public Optional<SecretHandle> secret(String key) {
        return settings.string(key).map(text -> {
            if (!text.startsWith("secret:test/")) {
                throw new SecretsException(ErrorCode.SECRET_REFERENCE, key + " must be a reference", null);
            }
            String value = text.substring("secret:test/".length());
            return new SecretHandle() {
                @Override
                public String reference() {
                    return "secret:test/REFERENCE";
                }

                @Override
                public Secret fetch() {
                    return Secret.of(value.toCharArray());
                }
            };
        });
    }

    Map<String, ?> values() {
        return values;
    }

    @Override
    public Path workspace() {
        return workspace;
    }

    @Override
    public Path stateFolder() {
        try {
            return Files.createDirectories(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }
}
