package dev.autosync.bench.crash;

import dev.autosync.bench.ChildJvm;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.RealFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Eight processes count up the same files, a transaction for each number, and some of them are sent SIGKILL. A number that two of them call final,
 * and one that is called final and then missing, is a lost update.
 *
 * <p>The control does not ask for the workspace; neither does the peer, who cannot.
 */
final class EightWriters implements CrashBench.Case {
    private static final String CASE = "eight-processes";
    private static final int PROCESSES = 8;
    private static final long LONGEST_MILLIS = 250;

    private final Random random = new Random();

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        int rounds = trials.quick() ? 8 : 64;
        int kills = trials.quick() ? 4 : 16;
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        count(CounterChild.Kind.LOCKED, rounds, kills, folder.resolve("ours"), ours);
        trials.say(ours);
        Tally control = new Tally(CASE, Tally.CONTROL);
        count(CounterChild.Kind.UNLOCKED, rounds, 0, folder.resolve("control"), control);
        trials.sayControl(control);
        Tally peer = new Tally(CASE, Tally.PER_FILE);
        count(CounterChild.Kind.PER_FILE, rounds, 0, folder.resolve("peer"), peer);
        trials.say(peer);
    }

    private void count(CounterChild.Kind kind, int rounds, int kills, Path root, Tally tally) throws IOException {
        Files.createDirectories(root);
        for (int i = 0; i < CounterChild.FILES; i++) {
            Files.writeString(root.resolve(CounterChild.path(i)), "0\n");
        }
        Counter[] counters = new Counter[PROCESSES];
        List<Long> numbers = new ArrayList<>();
        int killed = 0;
        try {
            for (int i = 0; i < PROCESSES; i++) {
                counters[i] = new Counter(kind, root, rounds);
            }
            for (Counter counter : counters) {
                counter.begin();
            }
            for (int i = 0; i < kills; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + random.nextLong(LONGEST_MILLIS)));
                int victim = random.nextInt(PROCESSES);
                boolean alive = counters[victim].kill();
                List<Long> said = counters[victim].numbers();
                numbers.addAll(said);
                killed += alive ? 1 : 0;
                tally.count("kills", alive);
                counters[victim] = new Counter(kind, root, rounds - said.size());
                counters[victim].begin();
            }
            for (Counter counter : counters) {
                numbers.addAll(counter.numbers());
            }
        } finally {
            for (Counter counter : counters) {
                if (counter != null) {
                    counter.kill();
                }
            }
        }
        if (kind == CounterChild.Kind.LOCKED) {
            Reopening.of(root, new RealFiles(root), "boot");
            if (numbers.size() + killed < PROCESSES * rounds) {
                tally.violation(numbers.size() + " numbers were counted, not " + PROCESSES * rounds);
            }
        }
        look(root, numbers, killed, tally);
    }

    /** Every number that was called final is a run. */
    static void look(Path root, List<Long> numbers, int killed, Tally tally) throws IOException {
        Set<Long> different = new TreeSet<>();
        for (long number : numbers) {
            tally.run();
            if (!different.add(number)) {
                tally.violation(number + " is final twice");
            }
        }
        Set<String> files = new TreeSet<>();
        for (int i = 0; i < CounterChild.FILES; i++) {
            files.add(Files.readString(root.resolve(CounterChild.path(i))).trim());
        }
        long last = files.size() == 1 && files.iterator().next().matches("[0-9]{1,18}") ? Long.parseLong(files.iterator().next()) : -1;
        if (last < 0) {
            tally.violation("the files hold " + files);
            return;
        }
        // Who is killed may have made a number final without having said so.
        long unsaid = last - different.size();
        if (unsaid > killed || unsaid < 0 || different.stream().anyMatch(number -> number > last)) {
            tally.violation(different.size() + " numbers were called final, and the files hold " + last + " after " + killed + " kills");
        }
    }

    /** A {@link CounterChild} as seen from the process that started it. */
    private static final class Counter {
        private final Process process;
        private final BufferedReader out;
        private Optional<CompletableFuture<List<Long>>> said = Optional.empty();

        Counter(CounterChild.Kind kind, Path root, int rounds) throws IOException {
            process = ChildJvm.of(CounterChild.class, kind.name(), root.toString(), Integer.toString(rounds)).start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        /** Waits until it is ready, and lets it count. */
        void begin() throws IOException {
            String line = out.readLine();
            if (!CounterChild.READY.equals(line)) {
                throw new IllegalStateException("the process is not ready but says " + line);
            }
            CompletableFuture<List<Long>> reading = new CompletableFuture<>();
            new Thread(() -> {
                try {
                    reading.complete(out.lines().map(said -> Long.valueOf(said.substring(CounterChild.COMMITTED.length()))).toList());
                } catch (RuntimeException e) {
                    reading.completeExceptionally(e);
                }
            }, "counter " + process.pid()).start();
            said = Optional.of(reading);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        /** Sends it SIGKILL and waits for its end. Says whether it was that which has ended it. */
        boolean kill() {
            process.toHandle().destroyForcibly();
            return process.onExit().join().exitValue() != 0;
        }

        /** What it has called final; waits for its end. */
        List<Long> numbers() {
            return said.orElseThrow().join();
        }
    }
}
