package dev.autosync.bench;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.Keeping;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.SnapshotStore;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AutoSync's own, as an engine keeps them at the beginning of each cycle: contents in packs, the scan in the index. */
final class AutoSyncSnapshots implements SnapshotPeer {
    private final Workspace workspace;
    private final FilePort port;
    private final SnapshotLimits limits;
    private final TreeScanner scanner;
    private final SnapshotFiles files;
    private SnapshotStore store;
    private @Nullable Snapshot last;

    AutoSyncSnapshots(Path tree, SnapshotLimits limits) {
        this.workspace = Workspace.at(tree);
        workspace.createState();
        this.port = new RealFiles();
        this.limits = limits;
        this.scanner = new TreeScanner(workspace, List.of(), Clock.systemUTC());
        this.files = new SnapshotFiles(workspace, port);
        this.store = new SnapshotStore(workspace, port, limits);
    }

    @Override
    public String who() {
        return "autosync";
    }

    @Override
    public void forget() throws IOException {
        store.close();
        if (Files.exists(folder())) {
            WorkFolder.delete(folder());
        }
        store = new SnapshotStore(workspace, port, limits);
        last = null;
    }

    @Override
    public void look() throws InterruptedException {
        last = scanner.scan(last);
    }

    @Override
    public void keep() throws IOException, InterruptedException {
        try (Keeping keeping = store.begin(() -> { }, Set.of())) {
            Snapshot snapshot = scanner.scan(last, keeping);
            Keeping.Outcome outcome = keeping.keep(snapshot, "", "");
            if (outcome.snapshot().isEmpty()) {
                throw new IllegalStateException("nothing was kept: " + outcome.why());
            }
            last = files.save(snapshot);
        }
    }

    /** How many files there are. */
    int count() {
        return last == null ? 0 : last.summary().files();
    }

    /** The hash of everything that was seen. */
    String contentHash() {
        return last == null ? "" : last.summary().contentHash();
    }

    /** The latest kept snapshot, read from the disk by somebody who knows nothing yet. */
    KeptSnapshot latestKept() {
        try (SnapshotStore anew = new SnapshotStore(workspace, port, limits)) {
            List<KeptSnapshot> kept = anew.list();
            return kept.get(kept.size() - 1);
        }
    }

    /** How many bytes the packs have. */
    long packBytes() throws IOException {
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(file -> file.toString().endsWith(".pack")).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Where everything lies. */
    Path folder() {
        return workspace.state("snapshots");
    }

    @Override
    public void close() {
        store.close();
    }
}
