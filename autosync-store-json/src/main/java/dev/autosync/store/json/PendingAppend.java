package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append that waits to be written, perhaps together with others: who comes to write takes all that wait. Threads: made by one; from when it waits on,
 * only who holds the store's lock touches it.
 */
final class PendingAppend {
    private final FencingToken token;
    private final List<Event> events;
    private final List<byte[]> bodies;
    private final long bytes;
    private long sequence;
    private @Nullable Throwable failure;

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
        return sequence > 0 || failure != null;
    }

    void succeed(long last) {
        sequence = last;
    }

    void failUnlessDone(Throwable why) {
        if (!done()) {
            failure = why;
        }
    }

    void fail(Throwable why) {
        failure = why;
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
