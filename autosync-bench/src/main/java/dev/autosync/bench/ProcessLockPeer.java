package dev.autosync.bench;

import dev.autosync.lock.LockException;
import dev.autosync.lock.ProcessLock;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.eclipse.jgit.internal.storage.file.LockFile;

/** Locks between processes, each as its users take it. */
enum ProcessLockPeer {
    /** Waits by itself. */
    AUTOSYNC {
        @Override
        Lock in(Path folder) {
            ProcessLock lock = ProcessLock.on(folder.resolve("lock"));
            return atMost -> {
                try {
                    return Optional.of(lock.acquire(Deadline.in(atMost)));
                } catch (LockException busy) {
                    return Optional.empty();
                }
            };
        }
    },

    /** Throws when somebody has it, and is asked again. */
    LUCENE {
        @Override
        Lock in(Path folder) throws IOException {
            NIOFSDirectory directory = new NIOFSDirectory(folder);
            return polled(() -> {
                try {
                    return Optional.of(directory.obtainLock("write.lock"));
                } catch (LockObtainFailedException busy) {
                    return Optional.empty();
                }
            });
        }
    },

    /** Says no when somebody has it, and is asked again. */
    JGIT {
        @Override
        Lock in(Path folder) {
            return polled(() -> {
                LockFile lock = new LockFile(folder.resolve("index").toFile());
                return lock.lock() ? Optional.of(lock::unlock) : Optional.empty();
            });
        }
    };

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A lock that can be waited for. */
    @FunctionalInterface
    interface Lock {
        /** What is held, to be closed; empty if somebody else had it all the time. */
        Optional<AutoCloseable> acquire(Duration atMost) throws IOException, InterruptedException;
    }

    /** A lock that can be asked for. */
    @FunctionalInterface
    private interface Asked {
        Optional<AutoCloseable> ask() throws IOException;
    }

    /** The lock in a folder, which is there. */
    abstract Lock in(Path folder) throws IOException;

    /** As in figures. */
    String who() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Lock polled(Asked lock) {
        return atMost -> {
            long start = System.nanoTime();
            Optional<AutoCloseable> held = lock.ask();
            while (held.isEmpty() && System.nanoTime() - start < atMost.toNanos()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                held = lock.ask();
            }
            return held;
        };
    }
}
