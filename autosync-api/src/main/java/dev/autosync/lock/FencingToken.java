package dev.autosync.lock;

/**
 * A number that grows with every grant of a workspace, so that a late write of an earlier holder can be told apart.
 *
 * <p>Source: Kleppmann, "How to do distributed locking", 2016, section "Making the lock safe with fencing".
 *
 * @param value 1 or more
 * @since 0.1.0
 */
public record FencingToken(long value) implements Comparable<FencingToken> {

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    public FencingToken {
        if (value < 1) {
            throw new IllegalArgumentException("value must be 1 or more, was " + value);
        }
    }

    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(value, other.value);
    }
}
