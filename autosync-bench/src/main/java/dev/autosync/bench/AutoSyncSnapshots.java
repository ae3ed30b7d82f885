package dev.autosync.bench;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AutoSync's own: the scanner, and contents in one file that is forced once. */
final class AutoSyncSnapshots implements SnapshotPeer {
    private final TreeScanner scanner;
    private final SnapshotFiles files;
    private final Path state;
    private final AppendingSink contents;
    private @Nullable Snapshot last;

    AutoSyncSnapshots(Path tree, Path contents) throws IOException {
        Workspace workspace = Workspace.at(tree);
        this.state = workspace.createState();
        this.scanner = new TreeScanner(workspace, List.of(), Clock.systemUTC());
        this.files = new SnapshotFiles(workspace, new RealFiles());
        this.contents = new AppendingSink(contents);
    }

    @Override
    public String who() {
        return "autosync";
    }

    @Override
    public void forget() throws IOException {
        last = null;
        for (String name : List.of("index", "initial_snapshot.json")) {
            Files.deleteIfExists(state.resolve("snapshots").resolve(name));
        }
    }

    @Override
    public void look() throws InterruptedException {
        last = scanner.scan(last);
    }

    @Override
    public void keep() throws IOException, InterruptedException {
        Snapshot snapshot = scanner.scan(last, contents);
        contents.force();
        last = files.save(snapshot);
    }

    /** How many files there are. */
    int count() {
        return last == null ? 0 : last.summary().files();
    }

    /** The hash of everything. */
    String contentHash() {
        return last == null ? "" : last.summary().contentHash();
    }

    @Override
    public void settle() {}

    @Override
    public void close() throws IOException {
        contents.close();
    }
}
