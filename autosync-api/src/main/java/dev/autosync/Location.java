package dev.autosync;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place in a file: the file, and where known the line and the JSON pointer.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Location {
    private static final int MAX_POINTER = 200;

    private final String file;
    private final int line;
    private final String pointer;

    private Location(String file, int line, String pointer) {
        this.file = file;
        this.line = line;
        this.pointer = pointer;
    }

    /**
     * A whole file.
     *
     * @param file its path, as the user knows it
     * @return the location
     */
    public static Location of(String file) {
        return new Location(Objects.requireNonNull(file, "file"), 0, "");
    }

    /**
     * A line of a file.
     *
     * @param file its path, as the user knows it
     * @param line the line, 1 or more
     * @return the location
     * @throws IllegalArgumentException if {@code line} is below 1
     */
    public static Location of(String file, int line) {
        return of(file, line, "");
    }

    /**
     * A value in a JSON file.
     *
     * @param file its path, as the user knows it
     * @param line the line, 1 or more
     * @param pointer a JSON pointer (RFC 6901); empty for the whole document
     * @return the location
     * @throws IllegalArgumentException if {@code line} is below 1
     */
    public static Location of(String file, int line, String pointer) {
        if (line < 1) {
            throw new IllegalArgumentException("line must be 1 or more, was " + line);
        }
        return new Location(Objects.requireNonNull(file, "file"), line, Objects.requireNonNull(pointer, "pointer"));
    }

    /**
     * The file.
     *
     * @return its path, as the user knows it
     */
    public String file() {
        return file;
    }

    /**
     * The line, where known.
     *
     * @return 1 or more
     */
    public OptionalInt line() {
        return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /**
     * The JSON pointer, where there is one.
     *
     * @return a pointer of RFC 6901, never empty text
     */
    public Optional<String> pointer() {
        return pointer.isEmpty() ? Optional.empty() : Optional.of(pointer);
    }

    /**
     * The form that messages use: {@code autosync/core_config.json:7 (/tests/timeout)}. One line: control characters are shown as
     * escapes, and a long pointer is cut.
     */
    @Override
    public String toString() {
        return shown(file, Integer.MAX_VALUE) + (line == 0 ? "" : ":" + line)
                + (pointer.isEmpty() ? "" : " (" + shown(pointer, MAX_POINTER) + ")");
    }

    /** Keys come out of files that anybody may have written. */
    private static String shown(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(most).forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                        shown.append(String.format("\\u%04x", point));
                default -> shown.appendCodePoint(point);
            }
        });
        return shown.append(text.length() > most ? "..." : "").toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Location l && l.file.equals(file) && l.line == line && l.pointer.equals(pointer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, line, pointer);
    }
}
