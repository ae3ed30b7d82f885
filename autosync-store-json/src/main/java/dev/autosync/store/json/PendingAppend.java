package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** An append that waits to be written. Threads: made by one, which waits; ended by the one that writes. */
final class PendingAppend {
    private final FencingToken token;
    private final List<Event> events;
    private final List<byte[]> bodies;
    private final long bytes;
    private final Semaphore woken = new Semaphore(0);
    private long sequence;
    private @Nullable Throwable failure;
    private volatile boolean done;

    PendingAppend(FencingToken token, List<Event> events) {
        this.token = token;
        this.events = List.copyOf(events);
        List<byte[]> texts = new ArrayList<>(events.size());
        long length = 0;
        for (Event event : events) {
            byte[] body = Line.body(event);
            texts.add(body);
            length += body.length;
        }
        this.bodies = texts;
        this.bytes = length;
    }

    FencingToken token() {
        return token;
    }

    List<Event> events() {
        return events;
    }

    /** Of each event what its line says whatever its place. */
    List<byte[]> bodies() {
        return bodies;
    }

    /** About how long its lines are. */
    long bytes() {
        return bytes;
    }

    boolean done() {
        return done;
    }

    void succeed(long last) {
        sequence = last;
        done = true;
    }

    void fail(Throwable why) {
        failure = why;
        done = true;
    }

    void failUnlessDone(Throwable why) {
        if (!done) {
            fail(why);
        }
    }

    /** Waits until somebody has ended it, or lets it write itself. */
    void await() {
        woken.acquireUninterruptibly();
    }

    void wake() {
        woken.release();
    }

    /** The sequence number of its last event, or what went wrong. */
    long result() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return sequence;
    }
}
