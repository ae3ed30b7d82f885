package dev.autosync.examples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Text files by their paths. Immutable. */
final class SourceTree {
    private final SortedMap<String, String> files;

    private SourceTree(SortedMap<String, String> files) {
        this.files = files;
    }

    static SourceTree of(Map<String, String> files) {
        return new SourceTree(new TreeMap<>(files));
    }

    Map<String, String> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    @Nullable String text(String path) {
        return files.get(path);
    }

    /** This tree with more files; where both have one, it is the other's. */
    SourceTree plus(SourceTree other) {
        TreeMap<String, String> sum = new TreeMap<>(files);
        sum.putAll(other.files);
        return new SourceTree(sum);
    }

    /** This tree after some changes. */
    SourceTree with(Collection<FileChange> changes) {
        TreeMap<String, String> changed = new TreeMap<>(files);
        for (FileChange change : changes) {
            if (change.after() == null) {
                changed.remove(change.path());
            } else {
                changed.put(change.path(), change.after());
            }
        }
        return new SourceTree(changed);
    }

    /** The changes that make the other tree of this one, in the order of their paths. */
    List<FileChange> changesTo(SourceTree other) {
        TreeSet<String> paths = new TreeSet<>(files.keySet());
        paths.addAll(other.files.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(text(path), other.text(path))) {
                changes.add(new FileChange(path, text(path), other.text(path)));
            }
        }
        return changes;
    }
}
