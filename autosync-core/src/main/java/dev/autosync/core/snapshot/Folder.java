package dev.autosync.core.snapshot;

import dev.autosync.core.io.PathText;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a tree as a scan has seen it: what a later scan needs in order to read again only what has changed.
 *
 * <p>Threads: immutable but for what is worked out on first use, which is the same whoever does it.
 */
final class Folder {
    private static final Comparator<Object> BY_PATH = Comparator.comparing(Folder::order);

    /** What the paths of its files begin with; empty for the root. */
    private final String prefix;
    private final Path path;
    private final Listed listed;
    private final Entry[] files;
    private final @Nullable Path[] paths;
    private final @Nullable Object[] keys;
    private final Folder[] folders;
    private final @Nullable Entry empty;

    /**
     * When its names were read.
     *
     * @param mtimeNanos when a name was added or taken away last
     * @param key its file key
     * @param trusted whether the names are those of any later time too as long as time and key stay the same
     * @param rulesHash the hash of the rules that names were left out by
     * @param rules these, or null if they are only remembered by their hash
     * @param ignoring whether there was a {@code .gitignore} file
     * @param ignoreFile this, or null if it is not remembered
     */
    record Listed(long mtimeNanos, @Nullable Object key, boolean trusted, byte[] rulesHash, @Nullable IgnoreRules rules, boolean ignoring,
            @Nullable IgnoreFile ignoreFile) {

        /** The same, but the names are to be read again. */
        Listed distrusted() {
            return new Listed(mtimeNanos, key, false, rulesHash, rules, ignoring, ignoreFile);
        }
    }

    /**
     * A folder.
     *
     * @param files its files and links in the order of their paths
     * @param paths where they are, each null if not remembered
     * @param keys their file keys
     * @param folders the folders in it, in the order of their prefixes
     */
    Folder(String prefix, Path path, Listed listed, Entry[] files, @Nullable Path[] paths, @Nullable Object[] keys, Folder[] folders) {
        this.prefix = prefix;
        this.path = path;
        this.listed = listed;
        this.files = files;
        this.paths = paths;
        this.keys = keys;
        this.folders = folders;
        this.empty = prefix.isEmpty() || files.length > 0 || folders.length > 0 ? null
                : Entry.folder(prefix.substring(0, prefix.length() - 1));
    }

    String prefix() {
        return prefix;
    }

    Path path() {
        return path;
    }

    Listed listed() {
        return listed;
    }

    Folder[] folders() {
        return folders;
    }

    Entry[] files() {
        return files;
    }

    /** Where its file of an index is. */
    Path file(int index) {
        Path file = paths[index];
        if (file == null) {
            file = PathText.resolve(path, files[index].path().substring(prefix.length()));
            paths[index] = file;
        }
        return file;
    }

    /** The key of its file of an index. */
    @Nullable Object key(int index) {
        return keys[index];
    }

    /** Remembers the key of a file that has not changed, in place of its text. */
    void remember(int index, BasicFileAttributes attributes) {
        if (keys[index] instanceof String) {
            keys[index] = attributes.fileKey();
        }
    }

    /** The index of its file of a path; negative if there was none. */
    int indexOf(String file) {
        int low = 0;
        int high = files.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = files[middle].path().compareTo(file);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The folder in it of a prefix. */
    @Nullable Folder below(String of) {
        int low = 0;
        int high = folders.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = folders[middle].prefix.compareTo(of);
            if (order == 0) {
                return folders[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** Adds all entries of this folder and those below in the order of their paths. */
    void addTo(List<Entry> entries) {
        Deque<Iterator<?>> open = new ArrayDeque<>();
        open.push(ordered().iterator());
        while (!open.isEmpty()) {
            Iterator<?> here = open.element();
            if (!here.hasNext()) {
                open.pop();
                continue;
            }
            Object next = here.next();
            if (next instanceof Folder folder) {
                if (folder.empty != null) {
                    entries.add(folder.empty);
                } else if (folder.folders.length == 0) {
                    entries.addAll(Arrays.asList(folder.files));
                } else {
                    open.push(folder.ordered().iterator());
                }
            } else {
                entries.add((Entry) next);
            }
        }
    }

    private List<Object> ordered() {
        List<Object> ordered = new ArrayList<>(files.length + folders.length);
        ordered.addAll(Arrays.asList(files));
        ordered.addAll(Arrays.asList(folders));
        ordered.sort(BY_PATH);
        return ordered;
    }

    /** This folder and all below, none of which comes before one that it lies in. */
    List<Folder> all() {
        List<Folder> all = new ArrayList<>();
        Deque<Folder> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            Folder next = open.pop();
            all.add(next);
            for (int i = next.folders.length - 1; i >= 0; i--) {
                open.push(next.folders[i]);
            }
        }
        return all;
    }

    /** What an entry or the first entry of a folder is to be sorted by: a slash has its place among the characters of paths. */
    private static String order(Object one) {
        return one instanceof Folder folder ? folder.empty != null ? folder.empty.path() : folder.prefix
                : ((Entry) one).path();
    }
}
