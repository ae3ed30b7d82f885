package dev.autosync.examples;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to one text file.
 *
 * @param path relative to the root of the tree, with {@code /}
 * @param before its text; null if the change creates the file
 * @param after its text; null if the change deletes the file
 */
record FileChange(String path, @Nullable String before, @Nullable String after) {
    FileChange {
        if (Objects.equals(before, after)) {
            throw new IllegalArgumentException("nothing changes in " + path);
        }
    }

    /** The file's name without folder and extension, which for Java is the name of its type. */
    String simpleName() {
        return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    }
}
