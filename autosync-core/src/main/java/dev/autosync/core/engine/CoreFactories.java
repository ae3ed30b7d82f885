package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.exec.TreeRunner;
import dev.autosync.core.gate.GatePatchRunnerBuilder;
import dev.autosync.core.gate.WorkspaceSnapshots;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.patch.PatchFiles;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.core.testing.CheckSuite;
import dev.autosync.core.testing.CombinedSuite;
import dev.autosync.core.testing.CommandSuite;
import dev.autosync.core.testing.JUnitPlatformSuite;
import dev.autosync.core.trend.AnalyzerBuilder;
import dev.autosync.core.trend.RecordedHistory;
import dev.autosync.exec.ProcessRunner;
import dev.autosync.history.History;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchRunner;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.spi.CoreProvider;
import dev.autosync.spi.Store;
import dev.autosync.testing.CheckTests;
import dev.autosync.testing.CombinedTests;
import dev.autosync.testing.CommandTests;
import dev.autosync.testing.JUnitTests;
import dev.autosync.trend.TrendAnalyzer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What the static factories of the API find. Public for ServiceLoader alone. */
public final class CoreFactories implements CoreProvider {

    /** For ServiceLoader. */
    public CoreFactories() {}

    @Override
    public SyncEngine.Builder engine(Path workspace) {
        return new EngineBuilder(workspace);
    }

    @Override
    public WorkspaceLock workspaceLock(Path workspace) {
        Workspace root = Workspace.at(workspace);
        FilePort files = new RealFiles(root.root());
        return new FileWorkspaceLock(root, files, new StoreGrants(root, files, Discovery.standard().stores()), Clock.systemUTC());
    }

    @Override
    public Snapshots snapshots(Path workspace) {
        Workspace root = Workspace.at(workspace);
        FilePort files = new RealFiles(root.root());
        CoreConfig.OfSnapshots settings = Files.exists(root.root().resolve(CoreConfig.NAME)) ? CoreConfig.read(root, files).snapshots()
                : CoreConfig.OfSnapshots.DEFAULTS;
        FileWorkspaceLock lock = new FileWorkspaceLock(root, files, new StoreGrants(root, files, Discovery.standard().stores()), Clock.systemUTC());
        return WorkspaceSnapshots.alone(root, files, lock, new TreeScanner(root, settings.exclude(), settings.gitignore(), Clock.systemUTC()),
                settings.limits());
    }

    @Override
    public PatchRunner.Builder patchRunner(Path workspace) {
        return new GatePatchRunnerBuilder(workspace, own -> Discovery.standard().formats(own));
    }

    @Override
    public CommandTests commandTests(List<String> command) {
        return new CommandSuite(command);
    }

    @Override
    public JUnitTests junitTests() {
        return new JUnitPlatformSuite();
    }

    @Override
    public CheckTests checkTests(String name) {
        return new CheckSuite(name);
    }

    @Override
    public CombinedTests combinedTests() {
        return new CombinedSuite();
    }

    @Override
    public Store openStore(Path workspace, String name) {
        Workspace root = Workspace.at(workspace);
        return Discovery.standard().stores().get(name, message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN,
                "Cannot open the store of " + root.root() + ": " + message)).open(root.checkStateFolder("store"), JsonSection.empty());
    }

    @Override
    public History history(Store store) {
        return new RecordedHistory(store);
    }

    @Override
    public List<Patch> readPatches(Path path) {
        return new PatchFiles(new RealFiles(), Discovery.standard().formats(List.of()), PatchLimits.ofDefaults()).read(path, path.toString());
    }

    @Override
    public TrendAnalyzer.Builder trendAnalyzer() {
        return new AnalyzerBuilder();
    }

    @Override
    public ProcessRunner processRunner(Map<String, String> environment) {
        return new TreeRunner(environment);
    }
}
