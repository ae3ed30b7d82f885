package dev.autosync.examples;

import java.util.List;

/**
 * Changes that go in together: one file, or the files of a new feature.
 *
 * @param changes one or more, each of another file
 */
record ChangeUnit(List<FileChange> changes) {
    ChangeUnit {
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a unit has at least one change");
        }
    }

    /** A name for people: the type that changed, or the folder of those that did. */
    String name() {
        String path = changes.get(0).path();
        String folder = path.substring(0, path.lastIndexOf('/'));
        return changes.size() == 1 ? changes.get(0).simpleName() : folder.substring(folder.lastIndexOf('/') + 1);
    }
}
