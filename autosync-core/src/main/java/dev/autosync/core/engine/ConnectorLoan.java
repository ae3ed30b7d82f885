package dev.autosync.core.engine;

import dev.autosync.Location;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretHandle;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the engine lends one connector.
 *
 * @param name the connector's name
 * @param section its settings
 * @param root the workspace
 * @param clock the engine's clock
 * @param handles makes the way to a secret out of a reference and its place
 */
record ConnectorLoan(String name, JsonSection section, Workspace root, Clock clock, BiFunction<String, Location, SecretHandle> handles)
        implements ConnectorContext {
    private static final String FOLDER = "connectors";

    @Override
    public PluginSettings settings() {
        return section;
    }

    @Override
    public Optional<SecretHandle> secret(String key) {
        return section.string(key).map(reference -> handles.apply(reference, section.place(key)));
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
