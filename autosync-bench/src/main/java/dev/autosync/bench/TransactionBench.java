package dev.autosync.bench;

import dev.autosync.bench.crash.PerFile;
import dev.autosync.bench.crash.WatchedFiles;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to apply a batch durably and to undo it again, by how many files it has: forced writes, counted, and time; beside the same by
 * files that are each written, forced and renamed. The sides take turns.
 */
final class TransactionBench implements Bench {
    private static final String NAME = "transaction";
    private static final String AUTOSYNC = "autosync";
    private static final String PER_FILE = "per-file";
    private static final int BYTES = 3_000;

    /** Rounds that are not measured: an engine lives longer than its first batches. */
    private static final int WARM_UP = 20;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException {
        int rounds = quick ? 9 : 51;
        try (WorkFolder folder = new WorkFolder(); WorkFolder memory = WorkFolder.inMemory();
                DiskProbe probe = new DiskProbe(folder.resolve("probe"))) {
            Sizes one = new Sizes(1, folder);
            Sizes ten = new Sizes(10, folder);
            Sizes hundred = new Sizes(100, folder);
            // The same without a disk, whose forces and renames are most of the price.
            List<Sizes> inMemory = List.of(new Sizes(1, memory), new Sizes(10, memory), new Sizes(100, memory));
            Samples disk = new Samples();
            for (int round = -WARM_UP; round < rounds; round++) {
                // The small cases are cheap: they warm the machine up for the large one.
                one.round(round);
                ten.round(round);
                hundred.round(round);
                disk.add(probe.force());
                for (Sizes sizes : inMemory) {
                    sizes.round(round);
                }
            }
            one.say(figures);
            ten.say(figures);
            hundred.say(figures);
            inMemory.forEach(sizes -> sizes.sayInMemory(figures));
            figures.accept(new Figure(NAME, "100-files", AUTOSYNC, "times-10-files", hundred.ours.median() / ten.ours.median(), "ratio"));
            figures.accept(new Figure(NAME, "4096-bytes", "disk", "fsync-ms", disk.median(), "ms"));
        }
    }

    /** Counts what is forced, whether a file, a folder or the journal. */
    private static final class Forces implements WatchedFiles.Watch {
        private int count;

        @Override
        public @Nullable Object on(WatchedFiles.Call call) throws IOException {
            String name = call.name();
            if (name.equals("force") || name.equals("forceFolder") || name.equals("log.force") || name.equals("log.truncate")) {
                count++;
            }
            return call.make();
        }

        /** How many since it was last asked. */
        int take() {
            int taken = count;
            count = 0;
            return taken;
        }
    }

    /** Batches of one size. */
    private static final class Sizes {
        private final int size;
        private final Forces forces = new Forces();
        private final FilePort files;
        private final FilePort theirFiles = WatchedFiles.of(new RealFiles(), forces);
        private final Workspace workspace;
        private final Path peer;

        private final Samples ours = new Samples();
        private final Samples ourForces = new Samples();
        private final Samples checkpoint = new Samples();
        private final Samples checkpointForces = new Samples();
        private final Samples theirs = new Samples();
        private final Samples theirForces = new Samples();
        private int firstForces;

        Sizes(int size, WorkFolder folder) throws IOException {
            this.size = size;
            this.peer = Files.createDirectories(folder.resolve("peer" + size));
            Path root = Files.createDirectories(folder.resolve("ours" + size));
            this.workspace = Workspace.at(root);
            this.files = WatchedFiles.of(new RealFiles(workspace.root()), forces);
            workspace.createState();
            PerFile.write(new RealFiles(), peer, state('a'));
            PerFile.write(new RealFiles(), root, state('a'));
        }

        void round(int round) throws IOException {
            char letter = (char) ('b' + Math.floorMod(round, 24));
            long start = System.nanoTime();
            try (Transaction transaction = new Journal(workspace, files, () -> "boot").begin("t", () -> { })) {
                transaction.moveTo(state(letter), Map.of());
                transaction.rollback();
                note(round, start, ours, ourForces);
                long end = System.nanoTime();
                transaction.checkpoint();
                note(round, end, checkpoint, checkpointForces);
            }
            start = System.nanoTime();
            PerFile.write(theirFiles, peer, state(letter));
            PerFile.write(theirFiles, peer, state('a'));
            note(round, start, theirs, theirForces);
        }

        private void note(int round, long start, Samples times, Samples counts) {
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            int forced = forces.take();
            if (round >= 0) {
                times.add(time);
                counts.add(forced);
            } else if (counts == ourForces) {
                firstForces = Math.max(firstForces, forced);
            }
        }

        private Map<String, Optional<FileContent>> state(char letter) {
            byte[] bytes = new byte[BYTES];
            Arrays.fill(bytes, (byte) letter);
            Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                state.put("f" + i, Optional.of(FileContent.of(bytes)));
            }
            return state;
        }

        void say(Consumer<Figure> figures) {
            if (ourForces.min() != ourForces.max()) {
                throw new IllegalStateException("a transaction of " + size + " files forced " + ourForces.min() + " to " + ourForces.max()
                        + " times");
            }
            say(figures, AUTOSYNC, "fsyncs", ourForces.median(), Figure.COUNT);
            say(figures, AUTOSYNC, "ms", ours.median(), "ms");
            say(figures, AUTOSYNC, "min-ms", ours.min(), "ms");
            say(figures, AUTOSYNC, "first-fsyncs", firstForces, Figure.COUNT);
            say(figures, AUTOSYNC, "checkpoint-fsyncs", checkpointForces.median(), Figure.COUNT);
            say(figures, AUTOSYNC, "checkpoint-ms", checkpoint.median(), "ms");
            say(figures, PER_FILE, "fsyncs", theirForces.median(), Figure.COUNT);
            say(figures, PER_FILE, "ms", theirs.median(), "ms");
            say(figures, PER_FILE, "min-ms", theirs.min(), "ms");
        }

        void sayInMemory(Consumer<Figure> figures) {
            say(figures, AUTOSYNC, "memory-ms", ours.median(), "ms");
            say(figures, PER_FILE, "memory-ms", theirs.median(), "ms");
        }

        private void say(Consumer<Figure> figures, String who, String metric, double value, String unit) {
            figures.accept(new Figure(NAME, size + (size == 1 ? "-file" : "-files"), who, metric, value, unit));
        }
    }
}
