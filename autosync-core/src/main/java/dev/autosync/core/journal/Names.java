package dev.autosync.core.journal;

import dev.autosync.core.io.Image;
import dev.autosync.core.io.Spelling;
import dev.autosync.spi.PathRefusedException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which paths a file system takes for one.
 *
 * @param spelling how it takes names
 */
record Names(Spelling spelling) {

    boolean folding() {
        return spelling.folding();
    }

    /** The same for paths that are one. */
    String key(String path) {
        return spelling.key(path);
    }

    /**
     * Sees that no two paths that are to hold something are one.
     *
     * @throws PathRefusedException if two are
     */
    void check(Map<String, Image> wanted) {
        if (!folding()) {
            return;
        }
        Map<String, String> known = new HashMap<>();
        wanted.forEach((path, image) -> {
            String other = image.isAbsent() ? null : known.put(key(path), path);
            if (other != null) {
                throw new PathRefusedException("Cannot write both '" + other + "' and '" + path + "': they are one file on this file system, which does"
                        + " not tell upper from lower case, or one spelling of a letter from another. Rename one of them");
            }
        });
    }
}
