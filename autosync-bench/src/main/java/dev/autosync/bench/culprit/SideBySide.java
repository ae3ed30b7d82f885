package dev.autosync.bench.culprit;

import dev.autosync.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Plays parts of a bench on every processor. They count, and time nothing: their figures are the same as one after the other, and come in that order. */
final class SideBySide {
    private SideBySide() {}

    /** One that is played on one thread. */
    interface Part {
        void play(Consumer<Figure> figures) throws Exception;
    }

    /** Plays all, those at the end first: they are given out as late as that. */
    static void play(List<Part> parts, Consumer<Figure> figures) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<List<Figure>>> played = new ArrayList<>();
            for (int part = parts.size() - 1; part >= 0; part--) {
                Part next = parts.get(part);
                played.add(0, workers.submit(() -> {
                    List<Figure> its = new ArrayList<>();
                    next.play(its::add);
                    return its;
                }));
            }
            for (Future<List<Figure>> part : played) {
                part.get().forEach(figures);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of the bench failed", e.getCause());
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
