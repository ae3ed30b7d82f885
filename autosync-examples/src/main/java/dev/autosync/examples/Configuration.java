package dev.autosync.examples;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes the {@code autosync} folder of a workspace, as a person would write it by hand. */
final class Configuration {
    private static final int GREEN_CYCLES = 3;

    private final Workspace workspace;
    private List<String> testCommand = List.of();

    Configuration(Workspace workspace) {
        this.workspace = workspace;
    }

    void core(List<String> testCommand) throws IOException {
        this.testCommand = testCommand;
        store("json");
    }

    /** The same configuration with another store. */
    void store(String type) throws IOException {
        workspace.write("autosync/core_config.json", """
                {
                  "version": 1,
                  "modules": ["."],
                  "store": {"type": "%s"},
                  "tests": {
                    "type": "command",
                    "command": %s,
                    "timeout": "PT1M",
                    "junitReports": ["target/reports"]
                  },
                  "snapshot": {"exclude": ["target/**", "autosync/**"]},
                  "stable": {"greenCycles": %d},
                  "reporters": ["markdown", "json", "html"]
                }
                """.formatted(type, Json.strings(testCommand), GREEN_CYCLES));
    }

    void dashboard(String title) throws IOException {
        workspace.write("autosync/dashboard_config.json", """
                {"version": 1, "title": %s, "kpis": ["burst", "patches that need no other", "files in the largest patch"]}
                """.formatted(Json.string(title)));
    }

    /** Two figures of the batch that tell how easy it is to take on in parts. */
    void kpis(CompileGroups groups) throws IOException {
        long free = groups.groups().stream().filter(group -> groups.needs(group).isEmpty()).count();
        int largest = groups.groups().stream().mapToInt(group -> group.changes().size()).max().orElse(0);
        workspace.write("autosync/kpi/release.json", String.format(Locale.ROOT, """
                {"version": 1, "kpis": [
                  {"name": "patches that need no other", "value": %.1f, "target": 90, "direction": "up", "weight": 2, "unit": "%%"},
                  {"name": "files in the largest patch", "value": %d, "target": 10, "direction": "down", "weight": 1, "unit": ""}
                ]}
                """, 100.0 * free / groups.groups().size(), largest));
    }

    /** A figure that moves from cycle to cycle: the limit as it stands in the configuration file. */
    void burst(int value) throws IOException {
        workspace.write("autosync/kpi/limits.json", """
                {"version": 1, "kpis": [{"name": "burst", "value": %d, "target": 40, "direction": "up", "weight": 1, "unit": "requests"}]}
                """.formatted(value));
    }

    /** The ways to the outside: patches come through a folder, and what is stable goes to a git remote. */
    void connectors(Surroundings around) throws IOException {
        workspace.write("autosync/connectors_config.json", """
                {
                  "version": 1,
                  "connectors": [
                    {"type": "drop-box", "name": "inbox", "inbox": %s, "outbox": %s},
                    {"type": "github", "name": "remote", "remote": %s, "allowFileRemote": true, "branch": "main",
                     "author": "AutoSync <autosync@localhost>"}
                  ]
                }
                """.formatted(Json.string(around.inbox().toString()), Json.string(around.outbox().toString()),
                Json.string(around.remote().toUri().toString())));
    }

    /** A file of patches; files are read in the order of their names. */
    void patches(String name, List<Proposal> proposals) throws IOException {
        workspace.write("autosync/patches/" + name, Json.patches(proposals.stream().map(Proposal::json).toList()));
    }

    /** Takes a file of patches away: what landed has landed, and the culprits go back to their authors. */
    void withdraw(String name) throws IOException {
        workspace.delete("autosync/patches/" + name);
    }
}
