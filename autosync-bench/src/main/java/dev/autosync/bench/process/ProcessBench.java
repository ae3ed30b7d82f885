package dev.autosync.bench.process;

import dev.autosync.bench.Bench;
import dev.autosync.bench.ChildJvm;
import dev.autosync.bench.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Whether anything is left of a program when its time is up, and whether a flood of output fits into a small heap. */
public final class ProcessBench implements Bench {
    static final String NAME = "process";

    private static final long FLOOD_BYTES = 1L << 30;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        int rounds = quick ? 1 : 5;
        // Side by side, since most of the time is waited for those who hang; each knows its own processes by their marks.
        ExecutorService killers = Executors.newFixedThreadPool(Killer.values().length);
        try {
            List<Future<List<Figure>>> running = new ArrayList<>();
            for (Killer killer : Killer.values()) {
                running.add(killers.submit(() -> shapes(killer, rounds)));
            }
            for (Future<List<Figure>> one : running) {
                one.get().forEach(figures);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The shapes have come to an early end: " + e.getCause(), e.getCause());
        } finally {
            killers.shutdownNow();
        }
        for (Killer killer : Killer.values()) {
            flood(killer, figures);
        }
    }

    private static List<Figure> shapes(Killer killer, int rounds) throws InterruptedException {
        int clean = 0;
        int returned = 0;
        for (String script : Shapes.SCRIPTS) {
            boolean alwaysClean = true;
            boolean alwaysReturned = true;
            for (int i = 0; i < rounds; i++) {
                Shapes.Outcome outcome = Shapes.run(killer, script, "61." + ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
                alwaysClean &= outcome.clean();
                alwaysReturned &= outcome.returned();
            }
            String came = alwaysClean ? " is clean: " : alwaysReturned ? " leaves processes: " : " hangs: ";
            System.err.println(NAME + ": " + killer.who() + came + script);
            clean += alwaysClean ? 1 : 0;
            returned += alwaysReturned ? 1 : 0;
        }
        return List.of(new Figure(NAME, "shapes", killer.who(), "clean", clean, Figure.COUNT),
                new Figure(NAME, "shapes", killer.who(), "returned", returned, Figure.COUNT),
                new Figure(NAME, "shapes", killer.who(), "of", Shapes.SCRIPTS.size(), Figure.COUNT));
    }

    private static void flood(Killer killer, Consumer<Figure> figures) throws IOException, InterruptedException {
        ProcessBuilder builder = ChildJvm.of(FloodChild.class, killer.name(), Long.toString(FLOOD_BYTES))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Whoever has run out of memory would wait for its readers for ever.
        builder.command().add(1, "-XX:+ExitOnOutOfMemoryError");
        Process child = builder.start();
        child.getOutputStream().close();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        boolean survived = child.waitFor() == 0 && said.matches("[0-9]+");
        figures.accept(new Figure(NAME, "flood", killer.who(), "survived", survived ? 1 : 0, Figure.COUNT));
        if (survived) {
            figures.accept(new Figure(NAME, "flood", killer.who(), "peak_mb", Long.parseLong(said) / 1e6, "MB"));
        }
    }
}
