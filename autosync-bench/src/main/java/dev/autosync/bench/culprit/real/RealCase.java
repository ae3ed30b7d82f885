package dev.autosync.bench.culprit.real;

import dev.autosync.bench.Figure;
import dev.autosync.bench.WorkFolder;
import dev.autosync.examples.ReleasePatches;
import dev.autosync.testing.CulpritSearch.Strategy;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is blamed and what lands in batches of a real project, whose tests are compiled and run on every tree that is asked about. How each batch went goes to
 * standard error, its wrong verdicts one by one.
 */
public final class RealCase {
    private static final int BATCHES = 200;
    private static final int EACH_WITH_PEERS = 5;

    /** Batches that are soon over: their tests end, and they are decided in place, for which one process does. */
    private static final List<Integer> QUICK = List.of(0, 2, 5, 8, 9);

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

    /** Plays all batches, on every processor: runs are counted, not timed. */
    public static void full(Consumer<Figure> figures) throws IOException, InterruptedException {
        List<Integer> all = IntStream.range(0, BATCHES).boxed().toList();
        play(all, all.stream().filter(number -> number % EACH_WITH_PEERS == 0).toList(), Runtime.getRuntime().availableProcessors(), figures);
    }

    /** Plays a few batches, one after the other. */
    public static void quick(Consumer<Figure> figures) throws IOException, InterruptedException {
        play(QUICK, QUICK.subList(0, 1), 1, figures);
    }

    private static void play(List<Integer> numbers, List<Integer> ofPeers, int threads, Consumer<Figure> figures) throws IOException, InterruptedException {
        Path input = WorkFolder.home().resolveSibling("autosync-examples").resolve("target/main-job");
        List<Path> libraries;
        try (Stream<Path> jars = Files.list(input.resolve("lib"))) {
            libraries = jars.sorted().toList();
        }
        try (WorkFolder folder = WorkFolder.inMemory()) {
            Path place = Files.createDirectory(folder.resolve("real")).toRealPath();
            try (ChildSuite suite = new ChildSuite(place, libraries)) {
                ReleasePatches patches = ReleasePatches.read(input.resolve("input"), files -> compiles(files, suite, place.resolve("main")));
                new RealCase(patches, suite, place).playAll(numbers, ofPeers, threads, figures);
            }
        }
    }

    /** The suite compiles what is there, and then there is no test. */
    private static boolean compiles(Map<String, String> files, TestSuite suite, Path folder) {
        try {
            Map<String, byte[]> bytes = new HashMap<>();
            files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
            new Project(bytes).write(folder, List.of());
            return suite.run(TestContext.of(folder)).verdict() == Verdict.NO_TESTS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the compiler was asked", e);
        }
    }

    private void playAll(List<Integer> numbers, List<Integer> ofPeers, int threads, Consumer<Figure> figures) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Map<String, Trial>>> trials = new ArrayList<>();
            numbers.forEach(number -> trials.add(workers.submit(() -> play(number, ofPeers.contains(number)))));
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
            String who = "culprit, real: batch " + number + ", " + strategy.getKey() + ": ";
            System.err.println(who + batch.patches().size() + " patches, " + batch.landable().size() + " can land, " + trial.runs() + " runs");
            trial.wrong().forEach(wrong -> System.err.println(who + wrong));
            trials.put(strategy.getKey(), trial);
            WorkFolder.delete(workspace);
        }
        return trials;
    }
}
