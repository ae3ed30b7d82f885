package dev.autosync.core.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Folders that stay open while many of their files are worked on. For one thread. Close it. */
final class OpenFolders implements AutoCloseable {
    private static final int MOST = 64;

    private final Path root;
    private final Map<Path, OpenFolder> folders = new LinkedHashMap<>(16, 0.75f, true);

    OpenFolders(Path root) {
        this.root = root;
    }

    OpenFolder get(Path folder) throws IOException {
        OpenFolder known = folders.get(folder);
        if (known == null) {
            known = OpenFolder.open(root, folder);
            folders.put(folder, known);
            Iterator<OpenFolder> eldest = folders.values().iterator();
            if (folders.size() > MOST) {
                OpenFolder least = eldest.next();
                eldest.remove();
                least.close();
            }
        }
        return known;
    }

    /** Closes a folder, and those below it, before somebody deletes it. */
    void forget(Path folder) throws IOException {
        Iterator<Map.Entry<Path, OpenFolder>> entries = folders.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Path, OpenFolder> entry = entries.next();
            if (entry.getKey().startsWith(folder)) {
                entries.remove();
                entry.getValue().close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (OpenFolder folder : folders.values()) {
            try {
                folder.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
