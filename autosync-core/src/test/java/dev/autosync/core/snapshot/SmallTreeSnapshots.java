package dev.autosync.core.snapshot;

import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.RealFiles;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small tree of every kind of file, whose snapshots are kept. */
abstract class SmallTreeSnapshots {
    static final SnapshotLimits DEFAULTS = SnapshotLimits.ofDefaults().minFreeBytes(0);

    @TempDir
    Path root;

    final FaultyFiles files = new FaultyFiles(new RealFiles());
    final Random random = new Random(5);

    KeptTree tree;

    @BeforeEach
    void layOut() throws IOException {
        tree = new KeptTree(root, files, DEFAULTS);
        tree.write("a.txt", "alpha");
        tree.write("src/b.txt", "beta");
        tree.write("src/copy-of-b.txt", "beta");
        tree.write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        tree.write("empty", "");
        tree.write("text", "a line that repeats itself\n".repeat(500));
        Files.createSymbolicLink(root.resolve("link"), Path.of("../nowhere/\u00fc"));
    }

    KeptTree with(SnapshotLimits limits) {
        return new KeptTree(root, files, limits);
    }

    static FaultyFiles unforced() {
        return new FaultyFiles(new RealFiles()) {
            @Override
            protected boolean forces() {
                return false;
            }
        };
    }

    byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
