package dev.autosync.history;

/**
 * What {@link Stores#copy(dev.autosync.spi.Store, dev.autosync.spi.Store)} did.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class StoreCopy {
    private final long events;
    private final long copied;
    private final String sha256;

    StoreCopy(long events, long copied, String sha256) {
        this.events = events;
        this.copied = copied;
        this.sha256 = sha256;
    }

    /**
     * How many events both stores hold, counted in each.
     *
     * @return 0 or more; events that the source got after the call began are not counted
     */
    public long events() {
        return events;
    }

    /**
     * How many of them this call wrote.
     *
     * @return 0 to {@link #events()}; the rest had been there before
     */
    public long copied() {
        return copied;
    }

    /**
     * The SHA-256 (FIPS 180-4) over all events, computed from what each store gave back.
     *
     * <p>It is taken over the events in their order, each encoded as: sequence number, token, seconds since 1970-01-01T00:00:00Z, each in 8
     * bytes; nanoseconds in 4; the texts cycle, kind, subject and payload; how many numbers there are, in 4; and for each of them, in the
     * order of {@link String#compareTo} of their names, the name and the 8 bytes of its IEEE 754 bits. Integers are two's complement,
     * big-endian. A text is its length in bytes, in 4, and its UTF-8. So two stores have the same value if and only if their events are
     * equal.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreCopy c && c.events == events && c.copied == copied && c.sha256.equals(sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode() * 31 + Long.hashCode(copied);
    }

    @Override
    public String toString() {
        return events + " events, " + copied + " of them copied, SHA-256 " + sha256;
    }
}
