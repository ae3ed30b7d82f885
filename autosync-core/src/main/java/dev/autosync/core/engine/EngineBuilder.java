package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.ProgressListener;
import dev.autosync.SyncEngine;
import dev.autosync.core.gate.CarefulListener;
import dev.autosync.core.gate.WorkspaceOptions;
import dev.autosync.core.gate.WorkspaceParts;
import dev.autosync.core.improve.Improvements;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.trend.AnalyzerBuilder;
import dev.autosync.improve.ImpactWeights;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import dev.autosync.spi.TestSuiteFactory;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestSuite;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendAnalyzer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts an engine together from what was set in code and what the files say. */
final class EngineBuilder implements SyncEngine.Builder {
    private static final String DEFAULT_STORE = "json";
    private static final int DEFAULT_GREEN_CYCLES = 3;
    private static final List<String> DEFAULT_REPORTERS = List.of("markdown", "json");

    private final Workspace workspace;
    private final FilePort files;
    private final List<Patch> patches = new ArrayList<>();
    private final List<Kpi> kpis = new ArrayList<>();
    private final Map<String, @Nullable Reporter> reporters = new LinkedHashMap<>();
    private final List<PatchFormat> formats = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();
    private @Nullable SnapshotLimits limits;
    private @Nullable PatchLimits patchLimits;
    private Discovery discovery = Discovery.standard();
    private boolean fromFiles;
    private @Nullable String storeName;
    private @Nullable Store store;
    private boolean mirror;
    private @Nullable RetentionPolicy retention;
    private @Nullable TestSuite suite;
    private @Nullable Isolation isolation;
    private @Nullable TestChanges testChanges;
    private @Nullable TestPolicy testPolicy;
    private @Nullable Duration lockWait;
    private @Nullable Duration takeOverAfter;
    private boolean networkFileSystem;
    private @Nullable RetryPolicy retry;
    private final Map<String, Connector> connectors = new LinkedHashMap<>();
    private final List<ImprovementRule> rules = new ArrayList<>();
    private final Set<String> adopted = new LinkedHashSet<>();
    private final Set<String> dismissed = new LinkedHashSet<>();
    private @Nullable ImpactWeights weights;
    private @Nullable TrendAnalyzer analyzer;
    private int greenCycles;
    private ProgressListener listener = ProgressListener.none();
    private Clock clock = Clock.systemUTC();

    EngineBuilder(Path workspace) {
        this.workspace = Workspace.at(workspace);
        this.files = new RealFiles(this.workspace.root());
    }

    @Override
    public SyncEngine.Builder readConfiguration() {
        this.fromFiles = true;
        return this;
    }

    @Override
    public SyncEngine.Builder store(String name) {
        this.storeName = Objects.requireNonNull(name, "name");
        this.store = null;
        return this;
    }

    @Override
    public SyncEngine.Builder store(Store store) {
        this.store = Objects.requireNonNull(store, "store");
        this.storeName = null;
        return this;
    }

    @Override
    public SyncEngine.Builder mirror(boolean keep) {
        this.mirror = keep;
        return this;
    }

    @Override
    public SyncEngine.Builder retention(int days, String... kinds) {
        this.retention = RetentionPolicy.of(days, List.of(kinds));
        return this;
    }

    @Override
    public SyncEngine.Builder tests(TestSuite suite) {
        this.suite = Objects.requireNonNull(suite, "suite");
        return this;
    }

    @Override
    public SyncEngine.Builder patches(PatchBatch batch) {
        patches.addAll(batch.patches());
        return this;
    }

    @Override
    public SyncEngine.Builder kpi(Kpi kpi) {
        kpis.add(Objects.requireNonNull(kpi, "kpi"));
        return this;
    }

    @Override
    public SyncEngine.Builder reporter(String name) {
        reporters.put(Objects.requireNonNull(name, "name"), null);
        return this;
    }

    @Override
    public SyncEngine.Builder reporter(Reporter reporter) {
        reporters.put(reporter.getClass().getName() + "-" + reporters.size(), reporter);
        return this;
    }

    @Override
    public SyncEngine.Builder patchFormat(PatchFormat format) {
        formats.add(Objects.requireNonNull(format, "format"));
        return this;
    }

    @Override
    public SyncEngine.Builder connector(String name, Connector connector) {
        if (!name.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("name must be made of lower-case letters, digits and hyphens, was '" + name + "'");
        }
        if (connectors.putIfAbsent(name, Objects.requireNonNull(connector, "connector")) != null) {
            throw new IllegalArgumentException("name must be free, there is a connector '" + name + "' already");
        }
        return this;
    }

    @Override
    public SyncEngine.Builder improvementRule(ImprovementRule rule) {
        rules.add(Objects.requireNonNull(rule, "rule"));
        return this;
    }

    @Override
    public SyncEngine.Builder impactWeights(ImpactWeights weights) {
        this.weights = Objects.requireNonNull(weights, "weights");
        return this;
    }

    @Override
    public SyncEngine.Builder adopted(String... keys) {
        adopted.addAll(List.of(keys));
        return this;
    }

    @Override
    public SyncEngine.Builder dismissed(String... keys) {
        dismissed.addAll(List.of(keys));
        return this;
    }

    @Override
    public SyncEngine.Builder trends(TrendAnalyzer analyzer) {
        this.analyzer = Objects.requireNonNull(analyzer, "analyzer");
        return this;
    }

    @Override
    public SyncEngine.Builder stableAfter(int greenCycles) {
        if (greenCycles < 1 || greenCycles > AnalyzerBuilder.CYCLES) {
            throw new IllegalArgumentException("greenCycles must be 1 to " + AnalyzerBuilder.CYCLES + ", was " + greenCycles);
        }
        this.greenCycles = greenCycles;
        return this;
    }

    @Override
    public SyncEngine.Builder exclude(String... globs) {
        for (String glob : globs) {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
            exclude.add(glob);
        }
        return this;
    }

    @Override
    public SyncEngine.Builder isolation(Isolation isolation) {
        this.isolation = Objects.requireNonNull(isolation, "isolation");
        return this;
    }

    @Override
    public SyncEngine.Builder testChanges(TestChanges policy) {
        this.testChanges = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public SyncEngine.Builder testPolicy(TestPolicy policy) {
        this.testPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public SyncEngine.Builder patchLimits(PatchLimits limits) {
        this.patchLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public SyncEngine.Builder snapshotLimits(SnapshotLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public SyncEngine.Builder lockWait(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait must be zero or more, was " + wait);
        }
        this.lockWait = wait;
        return this;
    }

    @Override
    public SyncEngine.Builder takeOverAfter(Duration silence) {
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("silence must be more than zero, was " + silence);
        }
        this.takeOverAfter = silence;
        return this;
    }

    @Override
    public SyncEngine.Builder networkFileSystem(boolean relied) {
        this.networkFileSystem = relied;
        return this;
    }

    @Override
    public SyncEngine.Builder retry(RetryPolicy policy) {
        this.retry = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public SyncEngine.Builder listener(ProgressListener listener) {
        this.listener = new CarefulListener(listener);
        return this;
    }

    @Override
    public SyncEngine.Builder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    @Override
    public SyncEngine.Builder discoverPlugins(boolean discover) {
        this.discovery = discover ? Discovery.standard() : Discovery.none();
        return this;
    }

    @Override
    public SyncEngine.Builder discoverPlugins(ClassLoader loader) {
        this.discovery = Discovery.only(loader);
        return this;
    }

    @Override
    public SyncEngine build() {
        Optional<CoreConfig> config = fromFiles ? Optional.of(CoreConfig.read(workspace, files)) : Optional.empty();
        List<String> modules = config.map(c -> c.modules(workspace)).orElse(List.of());
        CoreConfig.OfSnapshots snapshots = config.map(CoreConfig::snapshots).orElse(CoreConfig.OfSnapshots.DEFAULTS);
        List<String> excluded = new ArrayList<>(snapshots.exclude());
        excluded.addAll(exclude);
        Optional<CoreConfig.Lock> lock = config.map(CoreConfig::lock);
        // Read whatever was said in code, which wins: what is not read counts as unknown.
        Optional<PatchLimits> configuredPatchLimits = config.flatMap(CoreConfig::patchLimits);
        Optional<Isolation> configuredIsolation = config.flatMap(CoreConfig::isolation);
        Optional<TestChanges> configuredChanges = config.flatMap(CoreConfig::testChanges);
        Optional<TestPolicy> configuredPolicy = config.flatMap(CoreConfig::testPolicy);
        int stable = config.flatMap(CoreConfig::stableAfter).orElse(DEFAULT_GREEN_CYCLES);
        WorkspaceOptions options = new WorkspaceOptions(excluded, snapshots.gitignore(), limits != null ? limits : snapshots.limits(),
                patchLimits != null ? patchLimits : configuredPatchLimits.orElse(PatchLimits.ofDefaults()),
                isolation != null ? isolation : configuredIsolation.orElse(Isolation.inPlace()),
                testChanges != null ? testChanges : configuredChanges.orElse(TestChanges.report()),
                testPolicy != null ? testPolicy : configuredPolicy.orElse(TestPolicy.ofDefaults()),
                takeOverAfter != null ? takeOverAfter : lock.flatMap(CoreConfig.Lock::takeOverAfter).orElse(null),
                networkFileSystem || lock.map(CoreConfig.Lock::networkFileSystem).orElse(false));
        Settings settings = new Settings(fromFiles, modules, tests(config), options,
                lockWait != null ? lockWait : lock.flatMap(CoreConfig.Lock::longest).orElse(Duration.ZERO), reporters(config),
                greenCycles > 0 ? greenCycles : stable);
        Improvements improvements = improvements(config);
        Optional<CoreConfig.Part> configuredStore = config.flatMap(CoreConfig::store);
        CoreConfig.Care configuredCare = configuredStore.map(CoreConfig::care).orElse(CoreConfig.Care.NONE);
        CoreConfig.Care care = new CoreConfig.Care(mirror || configuredCare.mirror(), Optional.ofNullable(retention).or(configuredCare::retention));
        Optional<RetryPolicy> configuredRetry = config.flatMap(CoreConfig::retry);
        config.ifPresent(CoreConfig::done);
        Outside outside = new OutsideBuilder(workspace, files, discovery, clock)
                .open(fromFiles ? ConnectorsConfig.read(workspace, files) : ConnectorsConfig.none(), connectors,
                        retry != null ? retry : configuredRetry.orElseGet(RetrySettings::ofDefaults));
        try {
            return build(settings, improvements, configuredStore, care, outside);
        } catch (RuntimeException e) {
            outside.close();
            throw e;
        }
    }

    /** The store comes last: everything that can be wrong with the configuration has been said before it is opened. */
    private SyncEngine build(Settings settings, Improvements improvements, Optional<CoreConfig.Part> configuredStore, CoreConfig.Care care,
            Outside outside) {
        PatchFormats known = discovery.formats(formats);
        WorkspaceParts parts = new WorkspaceParts(workspace, files, new RedactedSuite(settings.tests(), outside.redactor()),
                known, settings.workspace(), listener, clock);
        StoreChoice choice = new StoreChoice(workspace, files, parts.lock(), settings.lockWait());
        String name = store != null ? "" : storeName != null ? storeName : configuredStore.map(CoreConfig.Part::name).orElse(DEFAULT_STORE);
        Optional<StoreMirror> copy = care.mirror() ? Optional.of(StoreMirror.of(workspace, discovery.stores())) : Optional.empty();
        StoreChoice.Opened kept = store != null ? new StoreChoice.Opened("", store, false)
                : choice.open(name, () -> open(configuredStore), discovery.stores());
        CurrentStore opened = new CurrentStore(kept.name(), kept.store());
        Memory memory = new Memory(opened, Optional.ofNullable(analyzer), improvements, clock);
        Upkeep upkeep = new Upkeep(opened, copy, care.retention(), clock);
        Optional<StoreMover> mover = store != null ? Optional.empty() : Optional.of(new StoreMover(workspace, opened, choice, discovery.stores(),
                fromFiles ? Optional.of(new ConfiguredStore(workspace, files)) : Optional.empty(), storeName));
        Engine engine = new Engine(new EngineParts(workspace, files, known, settings, parts, opened,
                store != null ? () -> { } : () -> choice.check(opened.name(), name),
                memory, upkeep, outside, List.copyOf(patches), List.copyOf(kpis), listener, clock), mover);
        try {
            if (kept.stayed() && (storeName != null || configuredStore.isPresent())) {
                engine.warn("the history stays in the store '" + kept.name() + "', to which an engine was asked to move it, though '" + name
                        + "' is named; name '" + kept.name() + "', or call moveStore(\"" + name + "\") to go back");
            }
            engine.recover();
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private Improvements improvements(Optional<CoreConfig> config) {
        ImproveSettings settings = config.map(CoreConfig::improve).orElse(ImproveSettings.ofDefaults()).with(adopted, dismissed);
        ImproveSettings weighted = weights == null ? settings : settings.with(weights);
        return new Improvements(discovery.rules(rules).all(), weighted.weights(), weighted.adopted(), weighted.dismissed());
    }

    private TestSuite tests(Optional<CoreConfig> config) {
        Optional<CoreConfig.Part> part = config.flatMap(CoreConfig::tests);
        if (suite != null) {
            return suite;
        }
        Plugins<TestSuiteFactory> known = discovery.suites();
        return part.map(tests -> ConfiguredTests.make(tests, known)).orElseThrow(() -> config.map(c -> c.missing("tests"))
                .orElseGet(() -> new AutoSyncException(ErrorCode.ENGINE_MISUSED,
                        "Cannot build an engine without tests: call tests(...) before build()")));
    }

    private Map<String, Reporter> reporters(Optional<CoreConfig> config) {
        Optional<List<CoreConfig.Part>> configured = config.flatMap(CoreConfig::reporters);
        Plugins<ReporterFactory> known = discovery.reporters();
        Map<String, Reporter> made = new LinkedHashMap<>();
        if (!reporters.isEmpty()) {
            reporters.forEach((name, reporter) -> made.put(name, reporter != null ? reporter : named(known, name)));
        } else if (configured.isPresent()) {
            configured.get().forEach(part -> made.put(part.name(), part.make(known, ReporterFactory::create)));
        } else {
            DEFAULT_REPORTERS.forEach(name -> made.put(name, named(known, name)));
        }
        return made;
    }

    private static Reporter named(Plugins<ReporterFactory> known, String name) {
        return known.get(name, EngineBuilder::unknown).create(JsonSection.empty());
    }

    private Store open(Optional<CoreConfig.Part> configured) {
        Plugins<StoreFactory> known = discovery.stores();
        if (storeName != null) {
            return known.get(storeName, EngineBuilder::unknown).open(storeFolder(), JsonSection.empty());
        }
        return configured.map(part -> part.make(known, (factory, settings) -> factory.open(storeFolder(), settings)))
                .orElseGet(() -> known.get(DEFAULT_STORE, message -> unknown(message
                        + ". The default store comes with the dependency dev.autosync:autosync-store-json"))
                        .open(storeFolder(), JsonSection.empty()));
    }

    private Path storeFolder() {
        return workspace.checkStateFolder("store");
    }

    private static AutoSyncException unknown(String message) {
        return new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, "Cannot build the engine: " + message);
    }
}
