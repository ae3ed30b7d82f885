package dev.autosync.core.snapshot;

import dev.autosync.core.io.PathText;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** The bytes of a path, different for different paths. */
final class PathBytes {
    private PathBytes() {}

    static byte[] of(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (Character.isSurrogate(path.charAt(i))) {
                return spelled(path);
            }
        }
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spelled(String path) {
        try {
            return PathText.encode(path);
        } catch (InvalidPathException e) {
            // A name of Windows with half a character in it; nothing that is UTF-8 begins like this.
            return ("\uffff" + path).getBytes(StandardCharsets.UTF_16BE);
        }
    }
}
