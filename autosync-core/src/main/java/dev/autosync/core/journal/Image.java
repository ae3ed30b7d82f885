package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a path holds in a transaction: a file, or nothing.
 *
 * @param file the file; null for nothing
 */
record Image(@Nullable FileImage file) {
    static final Image ABSENT = new Image(null);

    private static final byte KIND_ABSENT = 0;
    private static final byte KIND_FILE = 1;

    static Image of(Optional<FileImage> file) {
        return file.map(Image::new).orElse(ABSENT);
    }

    /** Whether both are nothing, or files with the same bytes and the same right to execute. */
    boolean same(Image other) {
        return file == null || other.file == null ? file == other.file : file.same(other.file);
    }

    /**
     * Whether this could be what a power cut left of a write of another image: nothing of it, or its beginning, perhaps followed by
     * zeros.
     */
    boolean tornFrom(Image whole) {
        if (file == null || whole.file == null || file.bytes().length > whole.file.bytes().length) {
            return false;
        }
        byte[] here = file.bytes();
        int same = Arrays.mismatch(here, whole.file.bytes());
        int prefix = same < 0 ? here.length : same;
        for (int i = prefix; i < here.length; i++) {
            if (here[i] != 0) {
                return false;
            }
        }
        return true;
    }

    byte[] encode() {
        if (file == null) {
            return new byte[] {KIND_ABSENT};
        }
        return ByteBuffer.allocate(5 + file.bytes().length).put(KIND_FILE).putInt(file.mode()).put(file.bytes()).array();
    }

    static Image decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] == KIND_ABSENT) {
            return ABSENT;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.get();
        int mode = buffer.getInt();
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return new Image(new FileImage(content, mode));
    }
}
