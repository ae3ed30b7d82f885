package dev.autosync.core.io;

/** What stands at a path: a regular file, a symbolic link, a folder, or nothing. Immutable. */
public sealed interface Image permits Image.Absent, FileImage, Image.Link, Image.Folder {

    /** Nothing. */
    Image ABSENT = new Absent();

    /** Whether both are the same to a build: the same kind with the same bytes and the same right to execute. */
    boolean same(Image other);

    /** Whether nothing stands there. */
    default boolean isAbsent() {
        return this instanceof Absent;
    }

    /** Nothing. */
    record Absent() implements Image {
        @Override
        public boolean same(Image other) {
            return other instanceof Absent;
        }
    }

    /**
     * A symbolic link; where it leads is never looked at.
     *
     * @param target where it leads, as {@link PathText}
     */
    record Link(String target) implements Image {
        @Override
        public boolean same(Image other) {
            return other instanceof Link link && link.target.equals(target);
        }
    }

    /**
     * A folder, whatever lies in it.
     *
     * @param mode its nine permission bits, or {@link FileImage#NO_MODE}
     */
    record Folder(int mode) implements Image {
        @Override
        public boolean same(Image other) {
            return other instanceof Folder;
        }
    }
}
