package dev.autosync.core.snapshot;

import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of files, which tell one file from another of the same name: device and inode. As long as a process remembers them they are the system's own
 * objects; what was written down is the text of one.
 */
final class FileKeys {
    private FileKeys() {}

    /** Whether two keys mean the same file; none is the same as none. */
    static boolean same(@Nullable Object known, @Nullable Object now) {
        if (known instanceof String text) {
            return text.equals(text(now));
        }
        return known == null ? now == null : known.equals(now);
    }

    /** The text of a key; empty for none. */
    static String text(@Nullable Object key) {
        return key == null ? "" : key.toString();
    }

    /** The part of a key that all files of a file system share, as far as its text tells. */
    static String device(BasicFileAttributes attributes) {
        String text = text(attributes.fileKey());
        int comma = text.indexOf(',');
        return comma < 0 ? "" : text.substring(0, comma);
    }
}
