package dev.autosync.core.patch;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.FileTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a tree as the sections of one diff change them one after the other. Nothing beneath is written. */
final class DiffTree {
    private final FileTree tree;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    DiffTree(FileTree tree) {
        this.tree = tree;
    }

    private static final class Entry {
        private final Optional<FileContent> original;
        private Optional<FileContent> current;
        private boolean arrived;

        Entry(Optional<FileContent> original) {
            this.original = original;
            this.current = original;
        }
    }

    /** Reads a file, which is where the tree refuses a path that may not be touched. */
    Optional<FileContent> current(String path) {
        return entry(path).current;
    }

    /** Whether no section has touched the file so far. */
    boolean isUntouched(String path) {
        Entry entry = entry(path);
        return !entry.arrived && entry.current.equals(entry.original);
    }

    /**
     * The file that a rename or copy starts from. In git's dialect that is the one from before the diff, or two files could not
     * change places; where there was none, an earlier section may have made it (several diffs one after the other).
     */
    Optional<FileContent> source(String path, boolean copy) {
        Entry entry = entry(path);
        return (copy || entry.arrived) && entry.original.isPresent() ? entry.original : entry.current;
    }

    void put(String path, FileContent content) {
        entry(path).current = Optional.of(content);
    }

    /** Puts a file that came from another path. */
    void arrive(String path, FileContent content) {
        Entry entry = entry(path);
        entry.current = Optional.of(content);
        entry.arrived = true;
    }

    void remove(String path) {
        entry(path).current = Optional.empty();
    }

    /** Takes away the source of a rename, unless another file has already taken its place. */
    void leave(String path) {
        Entry entry = entry(path);
        if (!entry.arrived || entry.original.isEmpty()) {
            entry.current = Optional.empty();
        }
        entry.arrived = entry.arrived && entry.current.isPresent();
    }

    List<FileEdit> edits() {
        List<FileEdit> edits = new ArrayList<>();
        entries.forEach((path, entry) -> {
            if (!entry.current.equals(entry.original)) {
                edits.add(entry.original.isEmpty() ? FileEdit.create(path, entry.current.orElseThrow())
                        : entry.current.isEmpty() ? FileEdit.delete(path, entry.original.orElseThrow())
                        : FileEdit.modify(path, entry.original.orElseThrow(), entry.current.orElseThrow()));
            }
        });
        return edits;
    }

    private Entry entry(String path) {
        return entries.computeIfAbsent(path, p -> new Entry(tree.read(p)));
    }
}
