package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.trend.AnalyzerBuilder;
import dev.autosync.patch.PatchLimits;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.core.text.Untrusted;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.PathRefusedException;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * {@code autosync/core_config.json} as {@code core_config.schema.json} describes it. Sections of plugins are read by the plugins.
 */
final class CoreConfig {
    static final String FOLDER = "autosync";
    static final String NAME = FOLDER + "/core_config.json";

    private static final long MAX_BYTES = 1L << 50;
    private static final int MAX_DEPTH = 10_000;

    private final JsonSection json;

    private CoreConfig(JsonSection json) {
        this.json = json;
    }

    /**
     * A part of the configuration that names a plugin and holds its settings.
     *
     * @param name the plugin's name
     * @param settings the section
     * @param unknown makes the error that there is no such plugin
     */
    record Part(String name, JsonSection settings, Function<String, AutoSyncException> unknown) {

        /** Makes something of the settings, and sees that every key was read. */
        <T, R> R make(Plugins<T> plugins, BiFunction<T, JsonSection, R> maker) {
            R made = maker.apply(plugins.get(name, unknown), settings);
            try {
                settings.done();
                return made;
            } catch (AutoSyncException e) {
                close(made, e);
                throw e;
            }
        }
    }

    private static void close(Object made, AutoSyncException because) {
        if (made instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                because.addSuppressed(e);
            }
        }
    }

    /** Reads the file of a workspace. */
    static CoreConfig read(Workspace workspace, FilePort files) {
        JsonSection json = JsonFile.read(workspace, files, NAME)
                .orElseThrow(() -> new AutoSyncException(ErrorCode.CONFIG_NOT_FOUND, "there is no such file in " + workspace.root()
                        + "; create it, or configure the engine with SyncEngine.builder", Location.of(NAME), null));
        return new CoreConfig(json.version(1));
    }

    /** The modules; the workspace itself unless said otherwise. */
    List<String> modules(Workspace workspace) {
        if (json.value("modules").isEmpty()) {
            return List.of(".");
        }
        List<String> modules = json.strings("modules");
        for (String module : modules) {
            try {
                if (!module.equals(".") && !Files.isDirectory(workspace.resolveFolder(module))) {
                    throw json.invalid("modules", "there is no folder '" + module + "' in the workspace");
                }
            } catch (PathRefusedException e) {
                throw json.invalid("modules", e.getMessage());
            }
        }
        if (Set.copyOf(modules).size() < modules.size()) {
            throw json.invalid("modules", "names a folder twice; remove one");
        }
        return modules;
    }

    /** The store. */
    Optional<Part> store() {
        return json.value("store").map(node -> part(node, "store"));
    }

    /**
     * What is done for the history beside keeping it.
     *
     * @param mirror whether there is a copy as JSON
     * @param retention how long events stay; empty for ever
     */
    record Care(boolean mirror, Optional<RetentionPolicy> retention) {
        static final Care NONE = new Care(false, Optional.empty());
    }

    /** What the section of a store says of that; all other keys are the plugin's. */
    static Care care(Part store) {
        return new Care(store.settings().bool("mirror").orElse(false), store.settings().section("retention").map(RetentionPolicy::read));
    }

    /** The tests. */
    Optional<Part> tests() {
        return json.value("tests").map(CoreConfig::testsPart);
    }

    /** Tests, or one suite of several. */
    static Part testsPart(JsonNode node) {
        return part(node, "tests");
    }

    /** The reporters; empty if nothing is said about them. */
    Optional<List<Part>> reporters() {
        if (json.value("reporters").isEmpty()) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        json.elements("reporters").forEach(node -> parts.add(part(node, "reporter")));
        return Optional.of(parts);
    }

    /**
     * What is said about snapshots.
     *
     * @param exclude globs of what they leave out
     * @param gitignore whether they leave out what {@code .gitignore} files name too
     * @param limits how much of earlier ones is kept
     */
    record OfSnapshots(List<String> exclude, boolean gitignore, SnapshotLimits limits) {
        static final OfSnapshots DEFAULTS = new OfSnapshots(List.of(), true, SnapshotLimits.ofDefaults());
    }

    /** What is said about snapshots. */
    OfSnapshots snapshots() {
        return json.section("snapshot").map(section -> {
            OfSnapshots read = new OfSnapshots(section.strings("exclude"), section.bool("gitignore").orElse(true), limits(section));
            section.done();
            for (String glob : read.exclude()) {
                try {
                    FileSystems.getDefault().getPathMatcher("glob:" + glob);
                } catch (IllegalArgumentException e) {
                    throw section.invalid("exclude", "'" + glob + "' is no glob: " + e.getMessage());
                }
            }
            return read;
        }).orElse(OfSnapshots.DEFAULTS);
    }

    private static SnapshotLimits limits(JsonSection section) {
        SnapshotLimits limits = SnapshotLimits.ofDefaults();
        Optional<Long> keep = section.integer("keep", 0, SnapshotLimits.MAX_KEEP);
        if (keep.isPresent()) {
            if (keep.get() == 1) {
                throw section.invalid("keep", "must be 0 for none, or 2 and more: the initial snapshot and the latest, was 1");
            }
            limits = limits.keep(keep.get().intValue());
        }
        limits = section.integer("maxBytes", 1 << 20, MAX_BYTES).map(limits::maxBytes).orElse(limits);
        limits = section.integer("maxFileBytes", 0, SnapshotLimits.MAX_FILE_BYTES).map(limits::maxFileBytes).orElse(limits);
        return section.integer("minFreeBytes", 0, MAX_BYTES).map(limits::minFreeBytes).orElse(limits);
    }

    /** How much patches may ask for. */
    Optional<PatchLimits> patchLimits() {
        return json.section("patchLimits").map(section -> {
            PatchLimits.Builder limits = PatchLimits.builder();
            section.integer("maxPatches", 1, 1_000_000).ifPresent(value -> limits.maxPatches(value.intValue()));
            section.integer("maxBatchBytes", 1, MAX_BYTES).ifPresent(limits::maxBatchBytes);
            section.integer("maxPatchBytes", 1, FileImage.MOST_BYTES).ifPresent(limits::maxPatchBytes);
            section.integer("maxFileBytes", 1, FileImage.MOST_BYTES).ifPresent(limits::maxFileBytes);
            section.integer("maxFiles", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxFiles(value.intValue()));
            section.integer("maxOperations", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxOperations(value.intValue()));
            section.integer("maxCopyBytes", 0, Integer.MAX_VALUE).ifPresent(limits::maxCopyBytes);
            section.integer("maxMoveBytes", 0, Integer.MAX_VALUE).ifPresent(limits::maxMoveBytes);
            section.integer("maxDepth", 1, MAX_DEPTH).ifPresent(value -> limits.maxDepth(value.intValue()));
            section.integer("maxNumberLength", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxNumberLength(value.intValue()));
            section.integer("maxStringLength", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxStringLength(value.intValue()));
            section.integer("maxHunks", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxHunks(value.intValue()));
            section.integer("maxLines", 1, Integer.MAX_VALUE).ifPresent(value -> limits.maxLines(value.intValue()));
            section.done();
            return limits.build();
        });
    }

    /** Where patches are tested: a text, or an object with the key {@code type}. */
    Optional<Isolation> isolation() {
        return json.value("isolation").map(node -> {
            if (node.kind() == JsonNode.Kind.STRING) {
                return isolation(json, "isolation", node.text());
            }
            if (node.kind() != JsonNode.Kind.OBJECT) {
                throw JsonSection.wrongType(node, "\"in-place\", \"candidates\", or an object with the key 'type'");
            }
            JsonSection section = JsonSection.of(node);
            Isolation isolation = isolation(section, "type", section.requiredString("type"));
            if (!isolation.isInPlace()) {
                int copies = section.integer("copies", 1, 16).orElse(1L).intValue();
                List<String> included = section.strings("include");
                try {
                    isolation = Isolation.candidates(copies).including(included.toArray(String[]::new));
                } catch (IllegalArgumentException e) {
                    throw section.invalid("include", String.valueOf(e.getMessage()));
                }
            }
            section.done();
            return isolation;
        });
    }

    private static Isolation isolation(JsonSection section, String key, String name) {
        return switch (name) {
            case "in-place" -> Isolation.inPlace();
            case "candidates" -> Isolation.candidates(1);
            default -> throw section.invalid(key, "must be in-place or candidates, is '" + Untrusted.line(name, 80) + "'");
        };
    }

    /** What becomes of what changes while the tests run: a text, or an object with the key {@code policy}. */
    Optional<TestChanges> testChanges() {
        return json.value("testChanges").map(node -> {
            if (node.kind() == JsonNode.Kind.STRING) {
                return testChanges(json, "testChanges", node.text());
            }
            if (node.kind() != JsonNode.Kind.OBJECT) {
                throw JsonSection.wrongType(node, "\"leave\", \"report\", \"undo\", or an object with the key 'policy'");
            }
            JsonSection section = JsonSection.of(node);
            TestChanges changes = testChanges(section, "policy", section.requiredString("policy"));
            boolean tracked = section.bool("tracked").orElse(false);
            if (tracked && changes.policy() != TestChanges.Policy.UNDO) {
                throw section.invalid("tracked", "says that changes of tracked files are undone, but nothing is; set the policy undo");
            }
            section.done();
            return tracked ? changes.withTracked() : changes;
        });
    }

    private static TestChanges testChanges(JsonSection section, String key, String name) {
        return switch (name) {
            case "leave" -> TestChanges.leave();
            case "report" -> TestChanges.report();
            case "undo" -> TestChanges.undo();
            default -> throw section.invalid(key, "must be leave, report or undo, is '" + Untrusted.line(name, 80) + "'");
        };
    }

    /** What is made of red runs. */
    Optional<TestPolicy> testPolicy() {
        return json.section("testPolicy").map(section -> {
            TestPolicy policy = TestPolicy.ofDefaults();
            Optional<String> red = section.string("redBaseline");
            if (red.isPresent()) {
                policy = policy.redBaseline(redBaseline(section, red.get()));
            }
            policy = section.section("culprits").map(CulpritsConfig::read).map(policy::culprits).orElse(policy);
            policy = policy.failFast(section.bool("failFast").orElse(false));
            section.done();
            return policy;
        });
    }

    private static TestPolicy.RedBaseline redBaseline(JsonSection section, String name) {
        return switch (name) {
            case "stop" -> TestPolicy.RedBaseline.STOP;
            case "repair" -> TestPolicy.RedBaseline.REPAIR;
            case "no-new-failures" -> TestPolicy.RedBaseline.NO_NEW_FAILURES;
            default -> throw section.invalid("redBaseline", "must be stop, repair or no-new-failures, is '" + Untrusted.line(name, 80) + "'");
        };
    }

    /**
     * What is said about a busy workspace.
     *
     * @param longest how long to wait for it
     * @param takeOverAfter how long its owner may say nothing before it is taken away
     * @param networkFileSystem whether the locks of a network file system are relied upon
     */
    record Lock(Optional<Duration> longest, Optional<Duration> takeOverAfter, boolean networkFileSystem) {}

    /** What is said about a busy workspace. */
    Lock lock() {
        return json.section("lock").map(section -> {
            Lock lock = new Lock(section.duration("wait"), section.duration("takeOverAfter"), section.bool("networkFileSystem").orElse(false));
            section.done();
            return lock;
        }).orElse(new Lock(Optional.empty(), Optional.empty(), false));
    }

    /** Says that everything was read. */
    void done() {
        json.done();
    }

    AutoSyncException missing(String key) {
        return json.missing(key);
    }

    /** How many green cycles in a row make the state stable. */
    Optional<Integer> stableAfter() {
        return json.section("stable").flatMap(section -> {
            Optional<Long> cycles = section.integer("greenCycles", 1, AnalyzerBuilder.CYCLES);
            section.done();
            return cycles.map(Long::intValue);
        });
    }

    /** How often calls of connectors are made again. */
    Optional<RetryPolicy> retry() {
        return json.section("retry").map(RetrySettings::read);
    }

    /** What is said about suggestions. */
    ImproveSettings improve() {
        return json.section("improve").map(ImproveSettings::read).orElse(ImproveSettings.ofDefaults());
    }

    /** A plugin is named by a text, or by the key {@code type} beside its settings. */
    private static Part part(JsonNode node, String kind) {
        if (node.kind() == JsonNode.Kind.STRING) {
            return new Part(node.text(), JsonSection.empty(node), message -> unknown(node, message));
        }
        if (node.kind() != JsonNode.Kind.OBJECT) {
            throw JsonSection.wrongType(node, "the name of a " + kind + ", or an object with the key 'type'");
        }
        return part(node, JsonSection.of(node));
    }

    /** A plugin that is named by the key {@code type} beside its settings. */
    static Part part(JsonNode node, JsonSection section) {
        String name = section.requiredString("type");
        return new Part(name, section, message -> unknown(node.get("type").orElse(node), message));
    }

    private static AutoSyncException unknown(JsonNode node, String message) {
        return new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, message, node.location(), null);
    }
}
