package dev.autosync.store.sqlite;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A few doors to read, so that reads wait for no writer and hardly for each other. Each opens its connection when it is first needed. */
final class Readers {
    private static final int MOST = 4;

    private final List<Door> doors;

    Readers(DatabaseFile file, Duration busyTimeout, Schema schema) {
        this.doors = Stream.generate(() -> Door.toRead(file, busyTimeout, schema)).limit(MOST).toList();
    }

    /** As {@link Door#pass}, through the first door that is free, else through one of those that are not. */
    <T> Optional<T> pass(String what, Door.Use<T> use) {
        return doors.stream().filter(door -> !door.isTaken()).findFirst()
                .orElseGet(() -> doors.get(Math.floorMod(Thread.currentThread().getId(), MOST))).pass(what, use);
    }

    void close() {
        doors.forEach(Door::close);
    }
}
