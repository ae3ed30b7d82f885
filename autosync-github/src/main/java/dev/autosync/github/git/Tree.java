package dev.autosync.github.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a commit, changed at single paths. Folders are read when a path leads through them, and only changed ones are written, so the
 * cost is that of the changed paths and not of the tree.
 *
 * <p>Names are bytes to git. Here each byte is one character, so that any name survives.
 */
public final class Tree {

    /**
     * What a path leads to.
     *
     * @param mode a file, an executable file, a link, a submodule or a folder
     * @param id the content
     */
    public record Entry(FileMode mode, ObjectId id) {
        boolean isFolder() {
            return mode.equals(FileMode.TREE);
        }
    }

    /** A path leads through something that is no folder, or to a folder where a file is to be. */
    public static final class InTheWayException extends Exception {
        private static final long serialVersionUID = 1L;

        InTheWayException(String message) {
            super(message);
        }
    }

    private final ObjectStore store;
    private final @Nullable ObjectId original;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final TreeMap<String, Tree> opened = new TreeMap<>();

    private Tree(ObjectStore store, @Nullable ObjectId original) {
        this.store = store;
        this.original = original;
    }

    /**
     * Opens a tree.
     *
     * @param id the tree; null for one that is empty
     */
    public static Tree of(ObjectStore store, @Nullable AnyObjectId id) throws IOException {
        Tree tree = new Tree(store, id == null ? null : id.copy());
        if (id != null) {
            tree.read(store.get(id, Constants.OBJ_TREE).bytes());
        }
        return tree;
    }

    private void read(byte[] bytes) throws IOException {
        CanonicalTreeParser parser = new CanonicalTreeParser();
        try {
            for (parser.reset(bytes); !parser.eof(); parser.next(1)) {
                byte[] name = new byte[parser.getNameLength()];
                parser.getName(name, 0);
                entries.put(new String(name, StandardCharsets.ISO_8859_1), new Entry(parser.getEntryFileMode(), parser.getEntryObjectId()));
            }
        } catch (RuntimeException e) {
            throw new CorruptObjectException("a tree is damaged");
        }
    }

    /** What a path leads to; empty also if something that is no folder stands in its way. */
    public Optional<Entry> find(String path) throws IOException {
        Tree tree = this;
        String[] names = names(path);
        for (int i = 0; i < names.length - 1; i++) {
            Entry entry = tree.entries.get(names[i]);
            if (entry == null || !entry.isFolder()) {
                return Optional.empty();
            }
            tree = tree.open(names[i], entry);
        }
        return Optional.ofNullable(tree.entries.get(names[names.length - 1]));
    }

    /** Puts a file at a path. */
    public void put(String path, FileMode mode, ObjectId id) throws IOException, InTheWayException {
        Tree tree = this;
        String[] names = names(path);
        for (int i = 0; i < names.length - 1; i++) {
            Entry entry = tree.entries.get(names[i]);
            if (entry != null && !entry.isFolder()) {
                throw new InTheWayException("a part of its path is no folder in the last commit");
            }
            Tree parent = tree;
            String name = names[i];
            tree = entry == null ? parent.create(name) : parent.open(name, entry);
        }
        Entry before = tree.entries.get(names[names.length - 1]);
        if (before != null && before.isFolder()) {
            throw new InTheWayException("it is a folder in the last commit");
        }
        tree.entries.put(names[names.length - 1], new Entry(mode, id));
    }

    /** Takes the file at a path away, and folders that are empty then. Does nothing if there is none. */
    public void remove(String path) throws IOException {
        remove(names(path), 0);
    }

    private void remove(String[] names, int at) throws IOException {
        Entry entry = entries.get(names[at]);
        if (at == names.length - 1) {
            entries.remove(names[at]);
        } else if (entry != null && entry.isFolder()) {
            Tree child = open(names[at], entry);
            child.remove(names, at + 1);
            if (child.entries.isEmpty()) {
                entries.remove(names[at]);
                opened.remove(names[at]);
            }
        }
    }

    /** Writes the changed folders into the store's memory. */
    public ObjectId write() {
        for (var child : opened.entrySet()) {
            entries.put(child.getKey(), new Entry(FileMode.TREE, child.getValue().write()));
        }
        // The order of a tree is that of its names with a / behind those of folders.
        TreeMap<String, Map.Entry<String, Entry>> order = new TreeMap<>();
        entries.entrySet().forEach(entry -> order.put(entry.getValue().isFolder() ? entry.getKey() + "/" : entry.getKey(), entry));
        TreeFormatter formatter = new TreeFormatter();
        for (Map.Entry<String, Entry> entry : order.values()) {
            formatter.append(entry.getKey().getBytes(StandardCharsets.ISO_8859_1), entry.getValue().mode(), entry.getValue().id());
        }
        GitObject written = GitObject.of(Constants.OBJ_TREE, formatter.toByteArray());
        return written.id().equals(original) ? written.id() : store.add(written);
    }

    private Tree open(String name, Entry entry) throws IOException {
        Tree child = opened.get(name);
        if (child == null) {
            child = of(store, entry.id());
            opened.put(name, child);
        }
        return child;
    }

    private Tree create(String name) {
        Tree child = new Tree(store, null);
        opened.put(name, child);
        entries.put(name, new Entry(FileMode.TREE, ObjectId.zeroId()));
        return child;
    }

    private static String[] names(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).split("/");
    }
}
