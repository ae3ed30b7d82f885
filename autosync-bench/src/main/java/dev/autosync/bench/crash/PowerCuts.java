package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.journal.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The power of a file system is cut at a random moment while a process is in the middle of its transactions on it: the file system stops, and
 * forgets what it has not written. Every tenth time the power is cut once more during recovery.
 *
 * <p>The control does not force its writes; the peer forces every file, and has nothing to recover with.
 */
final class PowerCuts implements CrashBench.Case {
    private final FileSystem system;
    private final Random random = new Random();
    private int boots;

    PowerCuts(FileSystem system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "powercut-" + system.type();
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        Optional<String> whyNot = Mount.whyNot(system);
        if (whyNot.isPresent()) {
            trials.skip(name(), whyNot.get());
            return;
        }
        try (Mount probe = image(folder)) {
            probe.sync();
        } catch (IOException e) {
            trials.skip(name(), e.getMessage());
            return;
        }
        double longestSeconds = trials.quick() ? 0.15 : 0.6;
        Tally ours = new Tally(name(), Tally.AUTOSYNC);
        cut(WorkerKind.JOURNAL, folder, trials.runs(20, 1_000), longestSeconds, ours);
        trials.say(ours);
        if (system == FileSystem.XFS && ours.counted("redo-ran") == 0) {
            trials.makeVoid(name() + ": nothing that was final had to be written again in " + ours.runs() + " cuts, so the disk has lost nothing");
        }
        Tally control = new Tally(name(), Tally.CONTROL);
        cut(WorkerKind.UNFORCED, folder, trials.controls(5, 100), longestSeconds, control);
        trials.sayControl(control);
        Tally peer = new Tally(name(), Tally.PER_FILE);
        cut(WorkerKind.PER_FILE, folder, trials.controls(5, 100), longestSeconds, peer);
        trials.say(peer);
    }

    private void cut(WorkerKind kind, WorkFolder folder, int runs, double longestSeconds, Tally tally) throws IOException {
        long version = 0;
        Mount mount = prepared(folder, version);
        try (PowerSwitch power = new PowerSwitch(); Worker worker = Worker.start(kind, mount.point().resolve("w"))) {
            for (int i = 1; i <= runs || tally.mustFail() && i <= Kills.MORE * runs; i++) {
                tally.slowRun();
                worker.begin(version, "boot-" + boots);
                worker.awaitFirst();
                LockSupport.parkNanos((long) (random.nextDouble() * longestSeconds * TimeUnit.SECONDS.toNanos(1)));
                // A force that has begun before the power was cut may be acknowledged after it, by a system that is not dead as it ought to be.
                version = worker.awaitFailure(power.cut(mount.point()));
                mount.remount();
                boots++;
                VersionedTree.Found found = reopened(kind, mount, i % 10 == 0 ? power : null, version, worker.said() + 1, tally);
                if (found.version().isPresent()) {
                    version = found.version().getAsLong();
                } else {
                    tally.violation(found.problem() + kept(tally, folder));
                    mount.close();
                    mount = prepared(folder, version);
                }
            }
        } finally {
            mount.close();
        }
    }

    /** What is there once the workspace has been opened again. */
    private VersionedTree.Found reopened(WorkerKind kind, Mount mount, @Nullable PowerSwitch again, long least, long most, Tally tally)
             throws IOException {
        Path root = mount.point().resolve("w");
        if (kind != WorkerKind.PER_FILE) {
            try {
                recover(mount, root, again, tally);
            } catch (AutoSyncException e) {
                return new VersionedTree.Found(OptionalLong.empty(), "recovery has failed: " + e.getMessage());
            }
        }
        return VersionedTree.look(root, least, most);
    }

    private void recover(Mount mount, Path root, @Nullable PowerSwitch again, Tally tally) throws IOException {
        boolean torn = JournalFrames.torn(root.resolve(".autosync/journal"));
        boolean cut = false;
        if (again != null) {
            Faults cutting = Faults.cut(1 + random.nextInt(Kills.RECOVERY_CALLS), () -> {
                try {
                    again.cut(mount.point());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try {
                Reopening.of(root, cutting.over(new RealFiles(root)), "boot-" + boots);
            } catch (AutoSyncException e) {
                if (!cutting.fired()) {
                    throw e;
                }
                cut = true;
                mount.remount();
                boots++;
            }
        }
        tally.count("cut-in-recovery", cut);
        Optional<Recovery.Result> result = Reopening.of(root, new RealFiles(root), "boot-" + boots);
        Reopening.note(tally, result, torn);
    }

    private Mount prepared(WorkFolder folder, long version) throws IOException {
        Mount mount = image(folder);
        VersionedTree.create(mount.point().resolve("w"), version);
        mount.sync();
        return mount;
    }

    private Mount image(WorkFolder folder) throws IOException {
        Path image = folder.resolve("image");
        Files.deleteIfExists(image);
        return Mount.of(system, image, folder.resolve("mnt"));
    }

    /** Keeps the image of a violation of AutoSync's own, for whoever looks into it. */
    private String kept(Tally tally, WorkFolder folder) throws IOException {
        if (!tally.ours()) {
            return "";
        }
        Path kept = Files.createDirectories(WorkFolder.home().resolve("target/violations"))
                .resolve(system.type() + "-" + System.currentTimeMillis() + ".img");
        Files.copy(folder.resolve("image"), kept);
        return "; the image was kept as " + kept;
    }
}
