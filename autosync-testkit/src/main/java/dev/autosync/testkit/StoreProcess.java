package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Store;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Java process of its own that writes to a store, through the contract's own subclass, until it is killed, and says what was acknowledged. */
final class StoreProcess implements AutoCloseable {
    static final Instant DAY_ONE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ENOUGH = 100_000;

    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private StoreProcess(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader();
        this.errors = errors;
    }

    /** Starts {@link #main} for a contract. */
    static StoreProcess start(StoreRules contract, Path errors, Object... arguments) throws IOException {
        return start(StoreProcess.class, contract.getClass(), errors, arguments);
    }

    /** Starts a main class that says what it does as this one; its first argument is the name of the class of tests, which is in its class path. */
    static StoreProcess start(Class<?> main, Class<?> tests, Path errors, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", classPath(tests), main.getName(), tests.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new StoreProcess(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** Appends ("append" and a seed) or compacts day after day ("compact" and the first day). */
    public static void main(String[] args) throws Exception {
        Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        try (Store store = ((StoreRules) constructor.newInstance()).open(Path.of(args[1]))) {
            FencingToken token = store.grant(new FencingToken(2));
            say("token " + token.value());
            if (args[2].equals("append")) {
                append(store, token, Long.parseLong(args[3]));
            } else {
                compact(store, token, Integer.parseInt(args[3]));
            }
        }
    }

    private static void append(Store store, FencingToken token, long seed) {
        for (int i = 0; i < ENOUGH; i++) {
            say("begin");
            store.append(token, batch(seed, i));
            say("end");
        }
    }

    private static void compact(Store store, FencingToken token, int first) throws InterruptedException {
        for (int day = first; day < ENOUGH; day++) {
            say("begin");
            store.maintenance().orElseThrow().compact(token, untilDay(day));
            say("end");
        }
    }

    /** First "token" and a number, then "begin" and "end" in turns. */
    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** The batch that the process appends at its turn {@code i}. */
    static List<Event> batch(long seed, int i) {
        Random random = new Random(seed * 1_000_003 + i);
        int size = 1 + random.nextInt(40);
        return IntStream.range(0, size).mapToObj(k -> Event.of("cycle-" + seed + "-" + i, "kind", k + " of " + size,
                DAY_ONE.plus(Duration.ofHours(random.nextInt(500))), Map.of("n", (double) random.nextInt(100)),
                "\"" + "x".repeat(random.nextInt(300)) + "\"")).toList();
    }

    /** What the process lets go on a day. */
    static Retention untilDay(int day) {
        return Retention.dropping(DAY_ONE.plus(Duration.ofDays(day)), Set.of("kind"));
    }

    /** How often it began, how often it ended, and with which token. */
    record Turns(FencingToken token, int begun, int ended) {}

    /**
     * Kills it within a turn, and gives what it had said by then.
     *
     * @param turn the turn, 3 or more: the first is slower than all others
     * @param moment how far in the turn, by how long the shortest took so far; 0 to 1
     */
    Turns killIn(int turn, double moment) throws IOException, InterruptedException {
        String first = out.readLine();
        int begun = 0;
        int ended = 0;
        long beginning = 0;
        long length = Long.MAX_VALUE;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            long now = System.nanoTime();
            if (line.equals("begin")) {
                begun++;
                beginning = now;
            } else {
                ended++;
                length = Math.min(length, now - beginning);
            }
            if (begun == turn && ended == turn - 1) {
                while (System.nanoTime() < now + length * moment) {
                    Thread.onSpinWait();
                }
                // The handle leaves the output open.
                process.toHandle().destroyForcibly();
            }
        }
        process.waitFor();
        if (first == null || begun < turn) {
            throw new AssertionError("the process ended by itself: " + Files.readString(errors));
        }
        return new Turns(new FencingToken(Long.parseLong(first.substring("token ".length()))), begun, ended);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** All of this process, on class path and module path; and the tests, which are in no property where they patch a module. */
    private static String classPath(Class<?> tests) {
        return Stream.concat(Stream.of(tests, StoreProcess.class).map(StoreProcess::origin),
                Stream.of("java.class.path", "jdk.module.path").map(name -> System.getProperty(name, ""))).filter(path -> !path.isEmpty())
                .distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource("/" + name));
        String root = url.substring(0, url.length() - name.length());
        return Path.of(URI.create(root.startsWith("jar:") ? root.substring("jar:".length(), root.length() - "!/".length()) : root)).toString();
    }
}
