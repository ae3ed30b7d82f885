package dev.autosync.examples;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes the {@code autosync} folder of a workspace, as a person would write it by hand. */
final class Configuration {
    private final Workspace workspace;

    Configuration(Workspace workspace) {
        this.workspace = workspace;
    }

    void core(List<String> testCommand) throws IOException {
        workspace.write("autosync/core_config.json", """
                {
                  "version": 1,
                  "modules": ["."],
                  "store": {"type": "json"},
                  "tests": {
                    "type": "command",
                    "command": %s,
                    "timeout": "PT1M",
                    "junitReports": ["target/reports"]
                  },
                  "snapshot": {"exclude": ["target/**"]},
                  "reporters": ["markdown", "json"]
                }
                """.formatted(Json.strings(testCommand)));
    }

    void dashboard(String title) throws IOException {
        workspace.write("autosync/dashboard_config.json", """
                {"version": 1, "title": %s, "kpis": ["patches that need no other", "files in the largest patch"]}
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

    /** A file of patches; files are read in the order of their names. */
    void patches(String name, List<Proposal> proposals) throws IOException {
        workspace.write("autosync/patches/" + name, Json.patches(proposals.stream().map(Proposal::json).toList()));
    }
}
