package dev.autosync.spi;

import java.util.Arrays;

/**
 * A secret in its holder's hands. It prints as stars, and is wiped when it is closed.
 *
 * <p>Made by secrets providers, used by connectors. Threads: safe to share. Honest limit: whoever turns it into a {@code String}, as an HTTP
 * header needs it, has a copy that cannot be wiped.
 *
 * @since 0.1.0
 */
public final class Secret implements AutoCloseable {
    private final char[] chars;
    private boolean closed;

    private Secret(char[] chars) {
        this.chars = chars;
    }

    /**
     * A secret.
     *
     * @param chars the secret; copied, so that the caller can wipe its own
     * @return the secret; whoever called closes it
     * @throws IllegalArgumentException if it is empty
     */
    public static Secret of(char[] chars) {
        if (chars.length == 0) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(chars.clone());
    }

    /**
     * The secret in the clear.
     *
     * @return a copy, for the caller to wipe
     * @throws IllegalStateException if it was closed
     */
    public synchronized char[] reveal() {
        if (closed) {
            throw new IllegalStateException("the secret was wiped");
        }
        return chars.clone();
    }

    /** Wipes it. Does nothing the second time. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(chars, '\0');
    }

    /** Stars, whatever the secret is. */
    @Override
    public String toString() {
        return "***";
    }
}
