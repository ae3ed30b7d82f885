package dev.autosync.bench;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.patch.FileContent;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Whether heap and disk stay bounded over very many cycles: in each, one file of a small tree is changed by a transaction, and the tree is kept. The
 * contents are new each time and cannot be compressed.
 */
final class SmallCycles {
    private static final String CASE = "small-cycles";
    private static final int FILES = 20;
    private static final int BYTES = 3_000;

    /** The least limit that there is, which is reached every 300 cycles. */
    private static final SnapshotLimits LIMITS = SnapshotLimits.ofDefaults().maxBytes(1 << 20).minFreeBytes(0);

    private SmallCycles() {}

    static void run(WorkFolder folder, int cycles, Consumer<Figure> figures) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("small"));
        Random random = new Random(1);
        for (int i = 0; i < FILES; i++) {
            Files.write(root.resolve(path(i)), bytes(random));
        }
        Workspace workspace = Workspace.at(root);
        try (AutoSyncSnapshots snapshots = new AutoSyncSnapshots(root, LIMITS)) {
            Journal journal = new Journal(workspace, new RealFiles(workspace.root()), () -> "boot");
            long packs = 0;
            long disk = 0;
            long early = 0;
            for (int cycle = 0; cycle < cycles; cycle++) {
                snapshots.keep();
                try (Transaction transaction = journal.begin("t" + cycle, () -> { })) {
                    transaction.moveTo(Map.of(path(cycle % FILES), Optional.of(FileContent.of(bytes(random)))), Map.of());
                    transaction.commit("");
                    transaction.checkpoint();
                }
                packs = Math.max(packs, bytes(snapshots.folder(), ".pack"));
                // What else the engine has written as well: the index, the initial snapshot, the journal.
                disk = Math.max(disk, bytes(workspace.state(""), ""));
                if (cycle == cycles / 10) {
                    early = heap();
                }
            }
            say(figures, "cycles", cycles, Figure.COUNT);
            say(figures, "disk-bytes", disk, Figure.COUNT);
            say(figures, "pack-bytes", packs, Figure.COUNT);
            say(figures, "cap-bytes", LIMITS.maxBytes(), Figure.COUNT);
            say(figures, "heap-bytes", heap(), Figure.COUNT);
            say(figures, "early-heap-bytes", early, Figure.COUNT);
            if (packs > LIMITS.maxBytes()) {
                throw new IllegalStateException("the packs had " + packs + " bytes");
            }
            if (snapshots.latestKept().notRestorable() > 0) {
                throw new IllegalStateException("the latest snapshot cannot be restored as a whole");
            }
        }
    }

    private static void say(Consumer<Figure> figures, String metric, double value, String unit) {
        figures.accept(new Figure(SnapshotBench.NAME, CASE, "autosync", metric, value, unit));
    }

    private static String path(int i) {
        return "f" + i;
    }

    private static byte[] bytes(Random random) {
        StringBuilder text = new StringBuilder(BYTES);
        while (text.length() < BYTES) {
            text.append((char) (0x21 + random.nextInt(0x5e)));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What is in use after everything that nobody needs was taken away. */
    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            runtime.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long bytes(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file)).toList();
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
