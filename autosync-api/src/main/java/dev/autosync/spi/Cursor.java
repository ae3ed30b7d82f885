package dev.autosync.spi;

import java.util.Objects;

/**
 * A place in what a source has to give; only the source knows what its text means.
 *
 * <p>Made by connectors. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Cursor {
    private static final int MAX_CHARS = 4096;
    private static final Cursor START = new Cursor("");

    private final String text;

    private Cursor(String text) {
        this.text = text;
    }

    /**
     * The place before everything.
     *
     * @return the cursor, whose text is empty
     */
    public static Cursor start() {
        return START;
    }

    /**
     * A place.
     *
     * @param text 1 to 4096 characters; no secret, it is kept in the history
     * @return the cursor
     * @throws IllegalArgumentException if the text is empty or too long
     */
    public static Cursor of(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("text must have 1 to " + MAX_CHARS + " characters, has " + text.length());
        }
        return new Cursor(text);
    }

    /**
     * Whether it is the place before everything.
     *
     * @return true for {@link #start()}
     */
    public boolean isStart() {
        return text.isEmpty();
    }

    /**
     * The text, as the source made it.
     *
     * @return empty for {@link #start()}
     */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cursor cursor && cursor.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "start" : text;
    }
}
