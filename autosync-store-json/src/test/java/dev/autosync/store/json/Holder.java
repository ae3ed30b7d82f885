package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoreException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
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
 * refused, says what was acknowledged, and last why it was refused. About half of its time lies between the check of the token and the write.
 */
final class Holder {
    private static final long MOMENT_NANOS = 1_000_000;

    private Holder() {}

    public static void main(String[] args) throws IOException {
        Disk disk = new Slow(Boolean.parseBoolean(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Random random = new Random(1);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            say(hold(Path.of(words[0]), new FencingToken(Long.parseLong(words[1])), disk, random));
        }
    }

    /** Appends until that is refused; the reason. */
    private static Object hold(Path directory, FencingToken token, Disk disk, Random random) {
        try (JsonStore store = JsonStore.open(directory, 64 << 10, disk, true)) {
            while (true) {
                say(store.append(token, batch(random)));
                pass(MOMENT_NANOS);
            }
        } catch (StoreException e) {
            return e.code();
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

    private static void pass(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    /** Lets a moment pass before each write, and may leave out the lock. */
    static final class Slow extends Disk {
        private final boolean locks;

        Slow(boolean locks) {
            this.locks = locks;
        }

        @Override
        Closeable lock(Path file, Duration patience) throws IOException {
            return locks ? super.lock(file, patience) : () -> {};
        }

        @Override
        void write(RandomAccessFile file, long at, byte[] bytes, int length) throws IOException {
            pass(MOMENT_NANOS);
            super.write(file, at, bytes, length);
        }

        @Override
        void force(RandomAccessFile file) {
            // No power is cut.
        }

        @Override
        void forceDirectory(Path directory) {
            // No power is cut.
        }
    }
}
