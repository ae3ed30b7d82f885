package dev.autosync.testkit;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PathRefusedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a workspace as a map, with the paths refused that the engine refuses for their names.
 *
 * <p>Called by tests. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class InMemoryFileTree implements FileTree {
    private final Map<String, FileContent> files;

    private InMemoryFileTree(Map<String, FileContent> files) {
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * A tree without files.
     *
     * @return the tree
     */
    public static InMemoryFileTree empty() {
        return new InMemoryFileTree(Map.of());
    }

    /**
     * A tree of files.
     *
     * @param files what they hold, by path relative to the workspace, with {@code /}
     * @return the tree
     * @throws PathRefusedException if a path is one that the engine refuses
     */
    public static InMemoryFileTree of(Map<String, FileContent> files) {
        files.keySet().forEach(InMemoryFileTree::check);
        return new InMemoryFileTree(files);
    }

    /**
     * The same tree with one file more, or another content of it.
     *
     * @param path relative to the workspace, with {@code /}
     * @param text what it holds, kept as UTF-8
     * @return a new tree
     * @throws PathRefusedException if the path is one that the engine refuses
     */
    public InMemoryFileTree with(String path, String text) {
        check(path);
        Map<String, FileContent> changed = new TreeMap<>(files);
        changed.put(path, FileContent.of(text));
        return new InMemoryFileTree(changed);
    }

    /**
     * The tree after edits.
     *
     * @param edits what to do
     * @return a new tree
     * @throws IllegalArgumentException if a file does not hold what its edit expects
     */
    public InMemoryFileTree apply(List<FileEdit> edits) {
        Map<String, FileContent> changed = new TreeMap<>(files);
        for (FileEdit edit : edits) {
            if (!Optional.ofNullable(changed.get(edit.path())).equals(edit.before())) {
                throw new IllegalArgumentException("cannot " + edit + ": the file does not hold what the edit expects");
            }
            edit.after().ifPresentOrElse(after -> changed.put(edit.path(), after), () -> changed.remove(edit.path()));
        }
        return new InMemoryFileTree(changed);
    }

    /**
     * All files.
     *
     * @return what they hold, by path, sorted
     */
    public Map<String, FileContent> files() {
        return files;
    }

    @Override
    public Optional<FileContent> read(String path) {
        check(path);
        if (files.keySet().stream().anyMatch(f -> f.startsWith(path + "/"))) {
            throw new PathRefusedException("Cannot read " + path + ": it is a folder");
        }
        return Optional.ofNullable(files.get(path));
    }

    private static void check(String path) {
        List<String> names = Arrays.asList(path.split("/", -1));
        String first = names.get(0).toLowerCase(Locale.ROOT);
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.matches("[A-Za-z]:.*") || names.contains("")
                || names.contains(".") || names.contains("..") || first.equals(".autosync")
                || names.stream().anyMatch(".git"::equalsIgnoreCase)) {
            throw new PathRefusedException("Cannot read '" + path + "': it may not be touched");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InMemoryFileTree t && t.files.equals(files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
