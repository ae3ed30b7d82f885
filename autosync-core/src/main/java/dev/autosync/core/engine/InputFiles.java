package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.connectors.Pulling.Pulled;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchFiles;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PathRefusedException;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Reads the inputs of all modules: {@code dashboard_config.json}, the files of {@code patches} and {@code kpi/*.json}. */
final class InputFiles {
    private static final String DASHBOARD = CoreConfig.FOLDER + "/dashboard_config.json";

    private final Workspace workspace;
    private final FilePort files;

    private final PatchFormats formats;
    private final PatchLimits limits;

    InputFiles(Workspace workspace, FilePort files, PatchFormats formats, PatchLimits limits) {
        this.workspace = workspace;
        this.files = files;
        this.formats = formats;
        this.limits = limits;
    }

    /**
     * Reads everything.
     *
     * @param modules the modules, relative to the workspace
     * @param patches patches that come before those of the files
     * @param kpis figures that come before those of the files
     * @param pulls what connectors gave; it comes last
     */
    Inputs read(List<String> modules, List<Patch> patches, List<Kpi> kpis, List<Pulled> pulls) {
        List<Patch> allPatches = new ArrayList<>(patches);
        Map<String, Kpi> allKpis = new LinkedHashMap<>();
        kpis.forEach(kpi -> allKpis.put(kpi.name(), kpi));
        PatchFiles patchFiles = new PatchFiles(files, formats, limits);
        for (String module : modules) {
            folder(module, "patches", (folder, name) -> allPatches.addAll(patchFiles.read(folder, name)));
            folder(module, "kpi", (folder, name) -> PatchFiles.filesIn(folder, name, file -> file.endsWith(".json"))
                    .forEach(file -> readKpis(file, name + "/" + file.getFileName(), allKpis)));
        }
        List<String> warnings = new ArrayList<>();
        BatchPlanner.check(allPatches, limits);
        List<Pulled> taken = pulls.stream().map(pull -> add(pull, allPatches, warnings)).toList();
        return dashboard(PatchBatch.of(allPatches), allKpis, taken, warnings);
    }

    /** What a connector gave is taken whole or not at all, so that it cannot make the batch of all others invalid. */
    private Pulled add(Pulled pull, List<Patch> patches, List<String> warnings) {
        Set<String> names = patches.stream().map(Patch::id).collect(Collectors.toSet());
        Optional<String> twice = pull.patches().stream().map(Patch::id).filter(names::contains).findFirst();
        if (twice.isPresent()) {
            String why = "another patch is called '" + twice.get() + "' already";
            warnings.add("the patches of '" + pull.connector() + "' were not taken: " + why);
            return pull.refused(why);
        }
        List<Patch> together = new ArrayList<>(patches);
        together.addAll(pull.patches());
        try {
            BatchPlanner.check(together, limits);
        } catch (AutoSyncException e) {
            warnings.add("the patches of '" + pull.connector() + "' were not taken: " + e.getMessage());
            return pull.refused(String.valueOf(e.getMessage()));
        }
        patches.addAll(pull.patches());
        return pull;
    }

    private Inputs dashboard(PatchBatch batch, Map<String, Kpi> kpis, List<Pulled> pulls, List<String> warnings) {
        String title = String.valueOf(workspace.root().getFileName());
        Optional<JsonSection> file = JsonFile.read(workspace, files, DASHBOARD);
        if (file.isEmpty()) {
            return new Inputs(title, List.copyOf(kpis.values()), batch, pulls, Optional.empty(), warnings);
        }
        JsonSection json = file.get().version(1);
        title = json.string("title").orElse(title);
        List<String> shown = json.value("kpis").isPresent() ? json.strings("kpis") : List.copyOf(kpis.keySet());
        Optional<List<AlertRule>> alerts = AlertRules.read(json);
        json.done();
        shown.stream().filter(name -> !kpis.containsKey(name)).forEach(name -> warnings.add("The dashboard shows the KPI '" + name
                + "', but no file of " + CoreConfig.FOLDER + "/kpi has a value for it"));
        return new Inputs(title, shown.stream().filter(kpis::containsKey).map(kpis::get).toList(), batch, pulls, alerts, warnings);
    }

    private void folder(String module, String folder, BiConsumer<Path, String> reader) {
        String name = (module.equals(".") ? "" : module + "/") + CoreConfig.FOLDER + "/" + folder;
        Path path;
        try {
            path = workspace.resolveFolder(name);
        } catch (PathRefusedException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be listed: " + e.getMessage(), Location.of(name), e);
        }
        if (Files.isDirectory(path)) {
            reader.accept(path, name);
        }
    }

    private void readKpis(Path file, String name, Map<String, Kpi> kpis) {
        JsonSection json = JsonFile.read(files, file, name).orElseThrow(
                () -> new AutoSyncException(ErrorCode.CONFIG_NOT_FOUND, "has gone while it was read", Location.of(name), null)).version(1);
        json.required("kpis");
        json.elements("kpis").forEach(node -> {
            JsonSection section = JsonSection.of(node);
            Kpi kpi = kpi(section);
            section.done();
            if (kpis.putIfAbsent(kpi.name(), kpi) != null) {
                throw section.invalid("name", "another KPI is called '" + kpi.name() + "'; give each its own name");
            }
        });
        json.done();
    }

    private static Kpi kpi(JsonSection json) {
        String name = json.requiredString("name");
        json.required("value");
        double value = json.number("value").orElseThrow();
        Kpi.Direction direction = json.string("direction").map(text -> switch (text) {
            case "up" -> Kpi.Direction.UP;
            case "down" -> Kpi.Direction.DOWN;
            default -> throw json.invalid("direction", "must be up or down");
        }).orElse(Kpi.Direction.UP);
        double weight = json.number("weight").orElse(1.0);
        if (weight < 0) {
            throw json.invalid("weight", "must be 0 or more");
        }
        if (name.isBlank()) {
            throw json.invalid("name", "must not be blank");
        }
        Kpi kpi = Kpi.of(name, value).weight(weight).unit(json.string("unit").orElse(""));
        return json.number("target").map(target -> kpi.target(target, direction)).orElse(kpi);
    }
}
