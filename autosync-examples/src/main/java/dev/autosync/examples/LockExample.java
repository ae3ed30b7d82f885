package dev.autosync.examples;

import dev.autosync.lock.Hold;
import dev.autosync.lock.KeyedLocks;
import dev.autosync.lock.LockException;
import dev.autosync.lock.ReadMostlyLock;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.retry.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Locks without an engine. */
final class LockExample {
    private final KeyedLocks locks = new KeyedLocks();
    private final ReadMostlyLock lock = new ReadMostlyLock();
    private int low;
    private int high = 10;

    void rename(String from, String to, LongConsumer write) throws InterruptedException {
        // @start region="keyed"
        try (Hold hold = locks.acquireAll(List.of(from, to), Deadline.in(Duration.ofSeconds(30)))) {
            write.accept(hold.token().value()); // what is written to can refuse a lower one
        }
        // @end
    }

    int range() {
        // @start region="read-mostly"
        int range = lock.read(() -> high - low); // runs again if somebody writes meanwhile
        // @end
        return range;
    }

    void move(int by) {
        lock.write(() -> {
            low += by;
            high += by;
            return by;
        });
    }

    static String change(Path workspace, Runnable change) throws InterruptedException {
        // @start region="workspace"
        WorkspaceLock lock = WorkspaceLock.of(workspace);
        try (Hold hold = lock.acquire(Deadline.in(Duration.ofSeconds(30)))) {
            change.run(); // no engine of any process changes the workspace meanwhile
            return "changed under token " + hold.token().value();
        } catch (LockException e) {
            return e.getMessage(); // who holds it, since when, alive or not, and what to do
        }
        // @end
    }
}
