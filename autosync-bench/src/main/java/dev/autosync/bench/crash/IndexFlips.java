package dev.autosync.bench.crash;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.TreeScanner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The index of a tree, from which the next scan goes on: whatever it holds, the scan says what the tree holds. The clock is ahead, so that the
 * index is trusted for everything.
 */
final class IndexFlips implements FlipTarget {
    private static final Duration AHEAD = Duration.ofHours(1);

    private final TreeScanner scanner;
    private final SnapshotFiles snapshots;
    private final Path file;
    private final byte[] index;
    private final Snapshot right;

    IndexFlips(Path root, FilePort files) throws IOException, InterruptedException {
        Workspace workspace = SmallTree.create(root);
        this.scanner = new TreeScanner(workspace, List.of(), Clock.offset(Clock.systemUTC(), AHEAD));
        this.snapshots = new SnapshotFiles(workspace, files);
        this.right = scanner.scan(null);
        snapshots.save(right);
        this.file = workspace.state("snapshots").resolve("index");
        this.index = Files.readAllBytes(file);
    }

    @Override
    public String name() {
        return "the index of the tree";
    }

    @Override
    public byte[] bytes() {
        return index.clone();
    }

    @Override
    public Optional<String> wrongAfter(byte[] flipped, Tally tally) throws IOException, InterruptedException {
        Files.write(file, flipped);
        Optional<Snapshot> read = snapshots.latest();
        tally.count("index-refused", read.isEmpty());
        Snapshot found = scanner.scan(read.orElse(null));
        return found.summary().contentHash().equals(right.summary().contentHash()) ? Optional.empty()
                : Optional.of("has led to " + found.summary() + ", not " + right.summary());
    }

    @Override
    public boolean sign(byte[] flipped, int at) {
        int end = flipped.length - Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(flipped, 0, end);
        ByteBuffer.wrap(flipped).putInt(end, (int) crc.getValue());
        return at < end;
    }
}
