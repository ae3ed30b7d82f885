package dev.autosync.core.snapshot;

import dev.autosync.core.io.FileImage;
import java.util.Arrays;

/**
 * One file or symbolic link of a tree, or a folder in which a snapshot sees nothing.
 *
 * @param path relative to the root, with {@code /}, as {@link dev.autosync.core.io.PathText} has it
 * @param type what it is
 * @param mode the nine permission bits of a file, or {@link FileImage#NO_MODE} of links, folders and where there are none
 * @param size its bytes; of a link, those of its target; of a folder 0
 * @param mtimeNanos when it was changed last, in nanoseconds since 1970; of a folder 0
 * @param trusted whether the hash is that of any later content too as long as size, time and file key stay the same
 * @param sha256 the hash of its content; empty if it could not be read, and of folders
 */
record Entry(String path, Type type, int mode, long size, long mtimeNanos, boolean trusted, byte[] sha256) {

    /** What an entry is. */
    enum Type {
        /** A regular file. */
        FILE('f'),
        /** A symbolic link, whose content is its target. */
        LINK('l'),
        /** A folder with nothing in it. */
        FOLDER('d');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        /** Its letter in content hashes. */
        char letter() {
            return letter;
        }
    }

    private static final byte[] NO_HASH = {};

    /** A folder in which a snapshot sees nothing. */
    static Entry folder(String path) {
        return new Entry(path, Type.FOLDER, FileImage.NO_MODE, 0, 0, false, NO_HASH);
    }

    /** Whether its owner may execute it; of files only. */
    boolean executable() {
        return FileImage.executable(mode);
    }

    /** Whether its content is known. */
    boolean hashed() {
        return sha256.length > 0;
    }

    /** Whether the two hold the same, wherever and whenever they were written. What could not be read is the same if its time is. */
    boolean sameContent(Entry other) {
        return type == other.type && executable() == other.executable() && size == other.size && Arrays.equals(sha256, other.sha256)
                && (hashed() || mtimeNanos == other.mtimeNanos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry e && e.path.equals(path) && e.mtimeNanos == mtimeNanos && e.trusted == trusted && e.sameContent(this);
    }

    @Override
    public int hashCode() {
        return path.hashCode() * 31 + Arrays.hashCode(sha256);
    }
}
