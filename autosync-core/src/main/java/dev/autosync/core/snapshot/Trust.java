package dev.autosync.core.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which times of change can be trusted: a file that was changed so shortly before it was read that a second change could have left its time
 * as it was has to be read again.
 *
 * <p>Source: git, Documentation/technical/racy-git.adoc; a time is trusted if it lies more than twice the granularity of the file system's clock
 * before the scan began. Threads: immutable.
 */
final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    /**
     * No file system's clock is taken to be finer than a tick of the slowest kernel. Linux 6.13 and later give finer times, but only to files
     * whose time somebody has looked at lately.
     */
    private static final long FINEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Whole seconds: the coarsest clock of a file system that is made for more than cameras. */
    static final long COARSEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int STEPS = 2;

    private final long scanStart;
    private final long slack;

    /**
     * What can be trusted in a scan.
     *
     * @param scanStart when it began, in nanoseconds since 1970
     * @param granularity of the file system's clock, in nanoseconds
     */
    Trust(long scanStart, long granularity) {
        this.scanStart = scanStart;
        this.slack = 2 * granularity;
    }

    /** Whether a file that was changed then, and is read from now on, cannot change again without another time. */
    boolean in(long mtimeNanos) {
        return mtimeNanos < scanStart - slack;
    }

    /**
     * Measures the granularity of the clock that a folder's files get their times from. Writes one temporary file; takes well below a
     * millisecond where the clock is fine, three of its steps otherwise, 40 ms at most.
     *
     * @return nanoseconds; that of the coarsest clock if the folder cannot be written to
     */
    static long granularity(Path folder) {
        Path file = folder.resolve("clock." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                return Math.max(FINEST_NANOS, granularity(channel, file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("Cannot measure the clock of {}; it is taken for coarse", folder, e);
            return COARSEST_NANOS;
        }
    }

    private static long granularity(FileChannel channel, Path file) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long start = System.nanoTime();
        long coarsest = 0;
        long last = write(channel, one, file);
        for (int steps = 0; steps < STEPS;) {
            long now = write(channel, one, file);
            if (now < last || System.nanoTime() - start > PATIENCE_NANOS) {
                return COARSEST_NANOS;
            }
            if (now > last) {
                coarsest = Math.max(coarsest, now - last);
                last = now;
                steps++;
            }
        }
        return coarsest;
    }

    /** Writes to a file; its time of change afterwards. That it has been looked at is part of what is measured: scans look at files. */
    private static long write(FileChannel channel, ByteBuffer one, Path file) throws IOException {
        channel.write(one.clear(), 0);
        return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    }
}
