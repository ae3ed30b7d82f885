package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process of its own that holds a workspace. For each line {@code folder token} that it is sent it appends under that token until it is
 * refused, says what was acknowledged, and last why it was refused.
 */
final class Holder {
    private static final long MOMENT_NANOS = 1_000_000;

    private Holder() {}

    public static void main(String[] args) throws IOException {
        boolean checksInTheTransaction = Boolean.parseBoolean(args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Random random = new Random(1);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Path directory = Path.of(words[0]);
            FencingToken token = new FencingToken(Long.parseLong(words[1]));
            say(checksInTheTransaction ? hold(directory, token, random) : holdChecking(directory, token, random));
        }
    }

    /** Appends until that is refused; the reason. */
    private static Object hold(Path directory, FencingToken token, Random random) {
        try (Store store = StoreFixture.open(directory)) {
            while (true) {
                say(store.append(token, batch(random)));
                pass();
            }
        } catch (StoreException e) {
            return e.code();
        }
    }

    /** The same with the check in one transaction and the write in the next. */
    private static Object holdChecking(Path directory, FencingToken token, Random random) {
        Door door = Door.toWrite(DatabaseFile.in(directory), Duration.ofSeconds(10), Schema.CURRENT);
        try {
            while (door.pass("check", tables -> tables.end().granted()).orElseThrow() <= token.value()) {
                pass();
                List<Event> batch = batch(random);
                say(door.pass("append to", tables -> tables.append(token, batch)).orElseThrow());
            }
            return ErrorCode.STORE_STALE_TOKEN;
        } finally {
            door.close();
        }
    }

    private static List<Event> batch(Random random) {
        int size = 1 + random.nextInt(4);
        List<Event> batch = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            batch.add(Event.of("cycle", "kind", k + "/" + size, Instant.EPOCH, Map.of(), "\"" + "x".repeat(random.nextInt(500)) + "\""));
        }
        return batch;
    }

    private static void say(Object word) {
        System.out.println(word);
        System.out.flush();
    }

    private static void pass() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < MOMENT_NANOS) {
            Thread.onSpinWait();
        }
    }
}
