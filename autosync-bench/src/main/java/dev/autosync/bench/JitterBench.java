package dev.autosync.bench;

import dev.autosync.retry.Jitter;
import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryBudget;
import dev.autosync.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What jitter and a shared budget do to the other side: a contention in simulated time, and callers of a side that is down. */
final class JitterBench implements Bench {
    private static final String NAME = "jitter";
    private static final String AUTOSYNC = "autosync";

    static final Duration FIRST = Duration.ofMillis(5);
    static final Duration CAP = Duration.ofSeconds(2);
    static final int CLIENTS = 100;
    static final int SEEDS = 20;

    /** More than any client has ever needed; beyond it the simulation fails. */
    private static final int DELAYS_EACH = 200;

    private static final int ATTEMPTS = 4;
    private static final int RESERVE = 10;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws InterruptedException, ExecutionException {
        for (Jitter jitter : Jitter.values()) {
            contention(jitter, figures);
        }
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofMillis(1)).attempts(ATTEMPTS);
        figures.accept(new Figure(NAME, "budget-dead", AUTOSYNC, "amplification", amplification(policy.budget(RetryBudget.of(RESERVE))), "x"));
        figures.accept(new Figure(NAME, "no-budget-dead", AUTOSYNC, "amplification", amplification(policy), "x"));
    }

    private static void contention(Jitter jitter, Consumer<Figure> figures) throws InterruptedException {
        RetryPolicy policy = RetryPolicy.exponential(FIRST).cap(CAP).jitter(jitter);
        Samples calls = new Samples();
        Samples millis = new Samples();
        long above = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            List<RetryDelays> clients = clients(policy, CLIENTS, seed);
            Contention.Outcome outcome = Contention.of(clients, seed);
            calls.add(outcome.calls());
            millis.add(outcome.time());
            above += clients.stream().mapToLong(client -> client.above(CAP)).sum();
        }
        String caseName = jitter.name().toLowerCase(Locale.ROOT);
        figures.accept(new Figure(NAME, caseName, AUTOSYNC, "calls", calls.mean(), "calls"));
        figures.accept(new Figure(NAME, caseName, AUTOSYNC, "ms", millis.mean(), "ms"));
        figures.accept(new Figure(NAME, caseName, AUTOSYNC, "above_cap", above, "delays"));
    }

    /** Clients whose delays are drawn apart, but are the same each time. */
    static List<RetryDelays> clients(RetryPolicy policy, int count, long seed) throws InterruptedException {
        SplittableRandom chance = new SplittableRandom(-seed);
        List<RetryDelays> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(RetryDelays.of(policy, chance.split(), DELAYS_EACH));
        }
        return clients;
    }

    /** How many calls reach a side that is down, for each that its callers make: one caller a thread, all at once. */
    static double amplification(RetryPolicy policy) throws InterruptedException, ExecutionException {
        Retry retry = Retry.of(policy);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(CLIENTS);
        ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(callers.submit(() -> {
                    start.countDown();
                    start.await();
                    try {
                        retry.run(() -> {
                            calls.incrementAndGet();
                            throw new Down();
                        });
                        throw new IllegalStateException("a side that is down has answered");
                    } catch (Down expected) {
                        return null;
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            callers.shutdownNow();
        }
        return (double) calls.get() / CLIENTS;
    }

    private static final class Down extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
