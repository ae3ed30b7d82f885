package dev.autosync.core.engine;

import dev.autosync.SyncEngine;
import dev.autosync.core.gate.GatePatchRunnerBuilder;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.patch.PatchFiles;
import dev.autosync.core.testing.CommandSuite;
import dev.autosync.core.testing.JUnitPlatformSuite;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchRunner;
import dev.autosync.spi.CoreProvider;
import dev.autosync.testing.CommandTests;
import dev.autosync.testing.JUnitTests;
import java.nio.file.Path;
import java.util.List;

/** What the static factories of the API find. Public for ServiceLoader alone. */
public final class CoreFactories implements CoreProvider {

    /** For ServiceLoader. */
    public CoreFactories() {}

    @Override
    public SyncEngine.Builder engine(Path workspace) {
        return new EngineBuilder(workspace);
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
    public List<Patch> readPatches(Path path) {
        return new PatchFiles(new RealFiles()).read(path, path.toString());
    }
}
