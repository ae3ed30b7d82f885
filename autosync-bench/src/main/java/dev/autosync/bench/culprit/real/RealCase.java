package dev.autosync.bench.culprit.real;

import dev.autosync.bench.Figure;
import dev.autosync.bench.WorkFolder;
import dev.autosync.examples.ReleasePatches;
import dev.autosync.testing.CulpritSearch.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Who is blamed and what lands in batches of a real project, whose tests are compiled and run on every tree that is asked about. Wrong verdicts go to standard
 * error.
 */
public final class RealCase {
    private static final int BATCHES = 200;
    private static final int QUICK_BATCHES = 5;
    private static final int QUICK_BATCHES_OF_PEERS = 1;

    private final Project project;
    private final Batches batches;
    private final ChildSuite suite;
    private final Path folder;

    private RealCase(ReleasePatches patches, ChildSuite suite, Path folder) {
        this.project = new Project(patches.project());
        this.batches = new Batches(patches, new Oracle(project, suite, folder));
        this.suite = suite;
        this.folder = folder;
    }

    /**
     * Plays the case.
     *
     * @param quick whether a few batches do
     * @param figures takes the figures
     */
    public static void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        Path input = WorkFolder.home().resolveSibling("autosync-examples").resolve("target/main-job");
        List<Path> libraries;
        try (Stream<Path> jars = Files.list(input.resolve("lib"))) {
            libraries = jars.sorted().toList();
        }
        try (WorkFolder folder = WorkFolder.inMemory()) {
            Path place = Files.createDirectory(folder.resolve("real")).toRealPath();
            try (ChildSuite suite = new ChildSuite(place, libraries)) {
                new RealCase(ReleasePatches.read(input.resolve("input")), suite, place).play(quick, figures);
            }
        }
    }

    /** On every processor: runs are counted, not timed. */
    private void play(boolean quick, Consumer<Figure> figures) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Map<String, Trial>>> trials = new ArrayList<>();
            for (int number = 0; number < (quick ? QUICK_BATCHES : BATCHES); number++) {
                int batch = number;
                trials.add(workers.submit(() -> play(batch, !quick || batch < QUICK_BATCHES_OF_PEERS)));
            }
            Map<String, List<Trial>> byWho = new LinkedHashMap<>();
            for (Future<Map<String, Trial>> trial : trials) {
                trial.get().forEach((who, one) -> byWho.computeIfAbsent(who, none -> new ArrayList<>()).add(one));
            }
            byWho.forEach((who, its) -> {
                double runs = its.stream().mapToInt(Trial::runs).average().orElseThrow();
                double wrong = its.stream().mapToInt(trial -> trial.wrong().size()).average().orElseThrow();
                figures.accept(new Figure("culprit", "real", who, "runs", runs, "runs"));
                figures.accept(new Figure("culprit", "real", who, "wrong_verdicts", wrong, "per batch"));
            });
            System.err.println("culprit, real: " + batches.unclear() + " batches were drawn again, for nobody could say who is bad");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch could not be played", e.getCause());
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Map<String, Trial> play(int number, boolean peers) throws IOException, InterruptedException {
        RealBatch batch = batches.draw(number);
        Map<String, Strategy> strategies = new LinkedHashMap<>(Map.of("autosync", Strategy.ADAPTIVE));
        if (peers) {
            strategies.put("one-by-one", Strategy.ONE_BY_ONE);
            strategies.put("bisect", Strategy.BISECTION);
        }
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (Map.Entry<String, Strategy> strategy : strategies.entrySet()) {
            Path workspace = folder.resolve("batch" + number);
            Trial trial = Trial.of(batch, strategy.getValue(), project, suite, workspace);
            trial.wrong().forEach(wrong -> System.err.println("culprit, real: batch " + number + ", " + strategy.getKey() + ": " + wrong));
            trials.put(strategy.getKey(), trial);
            WorkFolder.delete(workspace);
        }
        return trials;
    }
}
