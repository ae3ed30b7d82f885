package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.SecretsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the engine lends one connector.
 *
 * @param name the connector's name
 * @param section its settings
 * @param root the workspace
 * @param clock the engine's clock
 * @param handles makes the way to a secret out of a reference
 */
record ConnectorLoan(String name, JsonSection section, Workspace root, Clock clock, Function<String, SecretHandle> handles)
        implements ConnectorContext {
    private static final String FOLDER = "connectors";

    @Override
    public PluginSettings settings() {
        return section;
    }

    @Override
    public Optional<SecretHandle> secret(String key) {
        return section.string(key).map(reference -> {
            try {
                return handles.apply(reference);
            } catch (SecretsException e) {
                throw new AutoSyncException(e.code(), "'" + key + "': " + withoutCode(e), section.place(key), e);
            }
        });
    }

    private static String withoutCode(AutoSyncException e) {
        return e.getMessage().replace(" [" + e.code().id() + "]", "");
    }

    @Override
    public Path workspace() {
        return root.root();
    }

    @Override
    public Path stateFolder() {
        root.createStateFolder(FOLDER);
        return root.createStateFolder(FOLDER + "/" + name);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** The settings may hold what only looks like a reference. */
    @Override
    public String toString() {
        return "connector " + name;
    }
}
