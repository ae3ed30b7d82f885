package dev.autosync.bench;

import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process that appends to a history is stopped at any moment, another one is granted the workspace and appends, and the first goes on. What it
 * then still appends is a stale write. Needs the command {@code kill}.
 */
final class FencingTrials implements HandoffBench.Case {
    private static final String CASE = "fencing";
    private static final int TRIALS_IN_ONE_HISTORY = 50;
    private static final long LONGEST_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final FencingToken ANY = new FencingToken(1);
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final Random random = new Random(4);

    @Override
    public void run(boolean quick, WorkFolder folder, Consumer<Figure> figures) throws IOException, InterruptedException {
        int trials = quick ? 50 : 1000;
        int stale = 0;
        for (int done = 0; done < trials; done += TRIALS_IN_ONE_HISTORY) {
            stale += trials(Files.createDirectories(folder.resolve(CASE + "-" + done)), TRIALS_IN_ONE_HISTORY);
        }
        figures.accept(new Figure(HandoffBench.NAME, CASE, "autosync", "trials", trials, "count"));
        figures.accept(new Figure(HandoffBench.NAME, CASE, "autosync", "stale_writes", stale, "count"));
    }

    /** How many stale writes there were. */
    private int trials(Path workspace, int trials) throws IOException, InterruptedException {
        Process child = ChildJvm.of(FencedChild.class, workspace.toString()).start();
        int stale = 0;
        try (Store store = Stores.open(workspace, "json");
                BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
                PrintStream in = new PrintStream(child.getOutputStream(), true, StandardCharsets.UTF_8)) {
            expect(out, FencedChild.READY);
            for (int i = 0; i < trials; i++) {
                stale += trial(child, store, in, out);
            }
        } finally {
            child.destroyForcibly();
        }
        return stale;
    }

    private int trial(Process child, Store store, PrintStream in, BufferedReader out) throws IOException, InterruptedException {
        in.println(store.grant(ANY).value());
        expect(out, FencedChild.APPENDED);
        LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_RUN_NANOS));
        signal(child, "STOP");
        FencingToken mine = grant(child, store);
        store.append(mine, List.of(Event.of("c", "mine", "m", Instant.EPOCH, Map.of(), "{}")));
        signal(child, "CONT");
        expect(out, FencedChild.STALE);
        return staleWrites(store, mine);
    }

    /** A process that was stopped in the middle of an append keeps others out until it goes on. */
    private static FencingToken grant(Process child, Store store) throws IOException, InterruptedException {
        CompletableFuture<FencingToken> grant = CompletableFuture.supplyAsync(() -> store.grant(ANY));
        try {
            return grant.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            signal(child, "CONT");
            return grant.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the store has not granted", e);
        }
    }

    private static int staleWrites(Store store, FencingToken granted) {
        List<StoredEvent> latest = store.read(EventQuery.all().latest(1000));
        int stale = 0;
        for (int i = latest.size() - 1; i >= 0 && !latest.get(i).token().equals(granted); i--) {
            stale++;
        }
        return stale;
    }

    private static void signal(Process child, String name) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    private static void expect(BufferedReader out, String word) throws IOException {
        String line = out.readLine();
        if (!word.equals(line)) {
            throw new IllegalStateException("'" + word + "' was expected, not '" + line + "'");
        }
    }
}
