package dev.autosync.bench.crash;

import dev.autosync.bench.Bench;
import dev.autosync.bench.Figure;
import dev.autosync.bench.WorkFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Whether anything is ever lost: violations of all or nothing, counted over crashes of every kind. */
public final class CrashBench implements Bench {
    static final String NAME = "crash";

    /** Cases that run at the same time: some wait for processes and disks, the others compute. */
    private static final int LANES = 3;

    static final List<Case> CASES = List.of(new FaultSweep(), new Kills(), new PowerCuts(FileSystem.EXT4), new BitFlips(),
            new PowerCuts(FileSystem.XFS), new FullDisk(), new EightWriters());

    /** One way to crash. */
    interface Case {
        /** The name of its figures. */
        String name();

        /**
         * Crashes.
         *
         * @param folder for whatever files it needs
         * @param trials how many, and who is told what came of them
         */
        void run(WorkFolder folder, Trials trials) throws IOException, InterruptedException;
    }

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        Trials trials = new Trials(quick, System.getenv(), figures);
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            CASES.stream().filter(one -> trials.wanted(one.name())).forEach(one -> running.add(lanes.submit(() -> {
                run(one, trials);
                return null;
            })));
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The crashes have come to an early end: " + e.getCause(), e.getCause());
        } finally {
            lanes.shutdownNow();
        }
        trials.throwIfVoid();
    }

    private static void run(Case one, Trials trials) throws IOException, InterruptedException {
        long start = System.nanoTime();
        // What a dead process has written is in the system's memory either way, and the image of a file system stands for the disk.
        try (WorkFolder folder = WorkFolder.inMemory()) {
            one.run(folder, trials);
        }
        System.err.printf("%s: %s took %.1f s%n", NAME, one.name(), (System.nanoTime() - start) / 1e9);
    }
}
