package dev.autosync.patch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a patch looks at and what it changes, in the tree for which it was planned.
 *
 * <p>Two patches of which neither changes what the other reads or changes commute: either may land without the other. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Footprint {
    private final List<Place> reads;
    private final List<Place> changes;

    private Footprint(Builder builder) {
        this.reads = List.copyOf(builder.reads);
        this.changes = List.copyOf(builder.changes);
    }

    /**
     * Collects places.
     *
     * @return a builder without any
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What must be as the patch expects it, apart from what it changes.
     *
     * @return places, each once
     */
    public List<Place> reads() {
        return reads;
    }

    /**
     * What the patch changes.
     *
     * @return places, each once
     */
    public List<Place> changes() {
        return changes;
    }

    @Override
    public String toString() {
        return "reads " + reads + ", changes " + changes;
    }

    /** A file, some of its lines, or a value in it. Immutable. */
    public static final class Place {
        private final String path;
        private final int firstLine;
        private final int lastLine;
        private final @Nullable String pointer;

        private Place(String path, int firstLine, int lastLine, @Nullable String pointer) {
            this.path = Objects.requireNonNull(path, "path");
            this.firstLine = firstLine;
            this.lastLine = lastLine;
            this.pointer = pointer;
        }

        /**
         * A file as a whole: whether it is there, all it holds, and whether it may be executed.
         *
         * @param path relative to the workspace, with {@code /}
         * @return the place
         */
        public static Place file(String path) {
            return new Place(path, 0, 0, null);
        }

        /**
         * Lines of a file.
         *
         * @param path relative to the workspace, with {@code /}
         * @param first the first line, counted from 1
         * @param last the last line; one less than the first for the gap before it, into which something is put
         * @return the place
         * @throws IllegalArgumentException if the first line is less than 1, or the last one less than the gap's
         */
        public static Place lines(String path, int first, int last) {
            if (first < 1 || last < first - 1) {
                throw new IllegalArgumentException("there are no lines " + first + " to " + last);
            }
            return new Place(path, first, last, null);
        }

        /**
         * A value in a JSON file, with everything in it.
         *
         * @param path relative to the workspace, with {@code /}
         * @param pointer a JSON pointer (RFC 6901); empty for the whole document
         * @return the place
         */
        public static Place value(String path, String pointer) {
            return new Place(path, 0, 0, Objects.requireNonNull(pointer, "pointer"));
        }

        /**
         * The file.
         *
         * @return relative to the workspace, with {@code /}
         */
        public String path() {
            return path;
        }

        /**
         * The first line.
         *
         * @return counted from 1; 0 if the place is not one of lines
         */
        public int firstLine() {
            return firstLine;
        }

        /**
         * The last line.
         *
         * @return counted from 1; one less than the first for the gap before it; 0 if the place is not one of lines
         */
        public int lastLine() {
            return lastLine;
        }

        /**
         * The value.
         *
         * @return a JSON pointer; empty if the place is none of a value
         */
        public Optional<String> pointer() {
            return Optional.ofNullable(pointer);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && path.equals(that.path) && firstLine == that.firstLine && lastLine == that.lastLine
                    && Objects.equals(pointer, that.pointer);
        }

        @Override
        public int hashCode() {
            return Objects.hash(path, firstLine, lastLine, pointer);
        }

        @Override
        public String toString() {
            return pointer != null ? path + "#" + pointer
                    : firstLine == 0 ? path
                    : lastLine < firstLine ? path + ":before " + firstLine
                    : path + ":" + firstLine + "-" + lastLine;
        }
    }

    /** Collects places. Not safe to share between threads. */
    public static final class Builder {
        private final Set<Place> reads = new LinkedHashSet<>();
        private final Set<Place> changes = new LinkedHashSet<>();

        private Builder() {}

        /**
         * Adds a place that must be as the patch expects it.
         *
         * @param place the place
         * @return this
         */
        public Builder reads(Place place) {
            reads.add(place);
            return this;
        }

        /**
         * Adds a place that the patch changes.
         *
         * @param place the place
         * @return this
         */
        public Builder changes(Place place) {
            changes.add(place);
            return this;
        }

        /**
         * Builds the footprint.
         *
         * @return the footprint
         */
        public Footprint build() {
            return new Footprint(this);
        }
    }
}
