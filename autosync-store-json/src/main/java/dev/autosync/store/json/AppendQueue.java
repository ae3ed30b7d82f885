package dev.autosync.store.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets appends that come at the same time share one forced write. One thread leads: it writes what waits, its own among it; meanwhile the next ones
 * gather. Threads: safe to share; an interrupt ends no wait and is kept.
 */
final class AppendQueue {
    private final Queue<PendingAppend> pending = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leading = new ReentrantLock();
    private final long mostBytes;
    private final Consumer<List<PendingAppend>> writer;

    /**
     * A queue.
     *
     * @param mostBytes what is written together at most; a larger append is written alone
     * @param writer writes some, and says of each how it ended
     */
    AppendQueue(long mostBytes, Consumer<List<PendingAppend>> writer) {
        this.mostBytes = mostBytes;
        this.writer = writer;
    }

    /** Returns when it is written, or failed. */
    void append(PendingAppend append) {
        pending.add(append);
        while (!append.done()) {
            if (leading.tryLock()) {
                try {
                    lead(append);
                } finally {
                    leading.unlock();
                }
                // Whoever came too late to lead waits, and was in the queue before this looks.
                PendingAppend next = pending.peek();
                if (next != null) {
                    next.wake();
                }
            } else {
                append.await();
            }
        }
    }

    private void lead(PendingAppend own) {
        if (own.done()) {
            return;
        }
        List<PendingAppend> together = new ArrayList<>();
        long bytes = 0;
        for (PendingAppend next = pending.peek(); next != null && (together.isEmpty() || bytes + next.bytes() <= mostBytes);
                next = pending.peek()) {
            together.add(pending.remove());
            bytes += next.bytes();
        }
        writer.accept(together);
        together.forEach(PendingAppend::wake);
    }

    /** How many wait to be written. */
    int waiting() {
        return pending.size();
    }
}
