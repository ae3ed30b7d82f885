package dev.autosync.core.engine;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code autosync/connectors_config.json} as {@code connectors_config.schema.json} describes it. Sections of plugins are read by the plugins. */
final class ConnectorsConfig {
    static final String NAME = CoreConfig.FOLDER + "/connectors_config.json";

    private final Map<String, CoreConfig.Part> connectors;
    private final JsonSection secrets;

    private ConnectorsConfig(Map<String, CoreConfig.Part> connectors, JsonSection secrets) {
        this.connectors = connectors;
        this.secrets = secrets;
    }

    /** The configuration of an engine that reads no file. */
    static ConnectorsConfig none() {
        return new ConnectorsConfig(Map.of(), JsonSection.empty());
    }

    /** Reads the file of a workspace, which need not be there. */
    static ConnectorsConfig read(Workspace workspace, FilePort files) {
        Optional<JsonSection> file = JsonFile.read(workspace, files, NAME);
        if (file.isEmpty()) {
            return none();
        }
        JsonSection json = file.get().version(1);
        Map<String, CoreConfig.Part> connectors = connectors(json.elements("connectors"));
        JsonSection secrets = json.section("secrets").orElse(JsonSection.empty());
        json.done();
        return new ConnectorsConfig(connectors, secrets);
    }

    private static Map<String, CoreConfig.Part> connectors(List<JsonNode> nodes) {
        Map<String, CoreConfig.Part> connectors = new LinkedHashMap<>();
        for (JsonNode node : nodes) {
            JsonSection section = JsonSection.of(node);
            CoreConfig.Part part = CoreConfig.part(node, section);
            String name = section.string("name").orElse(part.name());
            if (!name.matches("[a-z][a-z0-9-]{0,63}")) {
                throw section.invalid("name", "must be made of lower-case letters, digits and hyphens");
            }
            if (connectors.putIfAbsent(name, part) != null) {
                throw section.invalid("name", "another connector is called '" + name + "'; give each its own name");
            }
        }
        return connectors;
    }

    /** The connectors by their names; a section's keys {@code type} and {@code name} are read. */
    Map<String, CoreConfig.Part> connectors() {
        return connectors;
    }

    /** The settings of secrets providers, an object for each. */
    JsonSection secrets() {
        return secrets;
    }
}
