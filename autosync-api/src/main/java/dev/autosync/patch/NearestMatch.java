package dev.autosync.patch;

import java.util.List;
import java.util.Objects;

/**
 * The place of a file that comes nearest to what a patch expects.
 *
 * <p>Lines quote the patch and the file: untrusted text, control characters shown as escapes, long ones cut. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class NearestMatch {
    private final String path;
    private final int line;
    private final List<String> expected;
    private final List<String> found;

    private NearestMatch(String path, int line, List<String> expected, List<String> found) {
        this.path = Objects.requireNonNull(path, "path");
        this.line = line;
        this.expected = List.copyOf(expected);
        this.found = List.copyOf(found);
    }

    /**
     * A place.
     *
     * @param path the file, relative to the workspace, with {@code /}
     * @param line the number of its first line, counted from 1
     * @param expected the lines that the patch expects there, without their ends
     * @param found the lines that stand there, without their ends
     * @return the place
     * @throws IllegalArgumentException if the line is less than 1
     */
    public static NearestMatch of(String path, int line, List<String> expected, List<String> found) {
        if (line < 1) {
            throw new IllegalArgumentException("line must be 1 or more, not " + line);
        }
        return new NearestMatch(path, line, expected, found);
    }

    /**
     * The file.
     *
     * @return a path relative to the workspace, with {@code /}
     */
    public String path() {
        return path;
    }

    /**
     * Where it begins.
     *
     * @return the number of a line, counted from 1
     */
    public int line() {
        return line;
    }

    /**
     * What the patch expects there.
     *
     * @return lines, without their ends
     */
    public List<String> expected() {
        return expected;
    }

    /**
     * What stands there.
     *
     * @return lines, without their ends; fewer where the file ends
     */
    public List<String> found() {
        return found;
    }

    @Override
    public String toString() {
        return path + ":" + line;
    }
}
