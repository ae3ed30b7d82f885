package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.ProgressListener;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchRunner;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.PatchFormat;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds a runner. */
public final class GatePatchRunnerBuilder implements PatchRunner.Builder {
    private final Workspace workspace;
    private final Function<List<PatchFormat>, PatchFormats> formats;
    private final List<PatchFormat> ownFormats = new ArrayList<>();
    private final List<String> exclude = new ArrayList<>();
    private Isolation isolation = Isolation.inPlace();
    private TestChanges testChanges = TestChanges.report();
    private TestPolicy testPolicy = TestPolicy.ofDefaults();
    private SnapshotLimits limits = SnapshotLimits.ofDefaults();
    private PatchLimits patchLimits = PatchLimits.ofDefaults();
    private boolean networkFileSystem;
    private Duration lockWait = Duration.ZERO;
    private ProgressListener listener = ProgressListener.none();
    private @Nullable TestSuite suite;

    /**
     * A builder.
     *
     * @param formats puts the formats of the caller beside those that are known
     */
    public GatePatchRunnerBuilder(Path workspace, Function<List<PatchFormat>, PatchFormats> formats) {
        this.workspace = Workspace.at(workspace);
        this.formats = formats;
    }

    @Override
    public PatchRunner.Builder tests(TestSuite suite) {
        this.suite = Objects.requireNonNull(suite, "suite");
        return this;
    }

    @Override
    public PatchRunner.Builder patchFormat(PatchFormat format) {
        ownFormats.add(Objects.requireNonNull(format, "format"));
        return this;
    }

    @Override
    public PatchRunner.Builder patchLimits(PatchLimits limits) {
        this.patchLimits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public PatchRunner.Builder exclude(String... globs) {
        exclude.addAll(List.of(globs));
        return this;
    }

    @Override
    public PatchRunner.Builder isolation(Isolation isolation) {
        this.isolation = Objects.requireNonNull(isolation, "isolation");
        return this;
    }

    @Override
    public PatchRunner.Builder testChanges(TestChanges policy) {
        this.testChanges = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public PatchRunner.Builder testPolicy(TestPolicy policy) {
        this.testPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    @Override
    public PatchRunner.Builder snapshotLimits(SnapshotLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public PatchRunner.Builder networkFileSystem(boolean relied) {
        this.networkFileSystem = relied;
        return this;
    }

    @Override
    public PatchRunner.Builder lockWait(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait must be zero or more, was " + wait);
        }
        this.lockWait = wait;
        return this;
    }

    @Override
    public PatchRunner.Builder listener(ProgressListener listener) {
        this.listener = new CarefulListener(listener);
        return this;
    }

    @Override
    public PatchRunner build() {
        if (suite == null) {
            throw new AutoSyncException(ErrorCode.ENGINE_MISUSED,
                    "Cannot build a patch runner without tests: call tests(...) before build()");
        }
        return new GatePatchRunner(new WorkspaceParts(workspace, new RealFiles(workspace.root()), suite, formats.apply(ownFormats),
                new WorkspaceOptions(exclude, true, limits, patchLimits, isolation, testChanges, testPolicy, null,
                        networkFileSystem), listener,
                Clock.systemUTC()), lockWait);
    }
}
