package dev.autosync.core.journal;

import dev.autosync.core.io.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which changes find room: what becomes a folder is deleted first, folders come before what lies in them, and deletes last, so that
 * a rename that is cut in the middle leaves two files rather than none.
 */
final class Steps {

    /**
     * A path that comes to hold something else.
     *
     * @param from what it holds
     * @param to what it is to hold
     */
    record Change(String path, Image from, Image to) {
        private boolean isWrite() {
            return !to.isAbsent() && !(to instanceof Image.Folder);
        }

        private boolean folderGoes() {
            return from instanceof Image.Folder && !(to instanceof Image.Folder);
        }
    }

    /**
     * One step.
     *
     * @param path what is changed
     * @param from what it holds before
     * @param image what it holds afterwards
     */
    record Step(String path, Image from, Image image) {}

    private static final Comparator<Change> BY_PATH = Comparator.comparing(Change::path);

    private Steps() {}

    /**
     * The steps of changes. A path that changes between folder and something else takes two.
     *
     * @param names tells which names are one to the file system: of those the old one is deleted first
     */
    static List<Step> of(List<Change> changes, Names names) {
        Set<String> spelledAnew = new HashSet<>();
        changes.stream().filter(change -> names.folding() && !change.to().isAbsent()).forEach(change -> spelledAnew.add(names.key(change.path())));
        TreeSet<String> typed = new TreeSet<>();
        changes.stream().filter(change -> change.folderGoes() && change.isWrite()).forEach(change -> typed.add(change.path() + "/"));
        List<Step> room = new ArrayList<>();
        List<Step> written = new ArrayList<>();
        List<Step> gone = new ArrayList<>();
        List<Change> foldersGoFirst = new ArrayList<>();
        List<Change> foldersGoLast = new ArrayList<>();
        List<Change> folders = new ArrayList<>();
        for (Change change : changes) {
            boolean below = isBelow(typed, change.path());
            if (change.folderGoes()) {
                (below || change.isWrite() ? foldersGoFirst : foldersGoLast).add(change);
            } else if (change.to() instanceof Image.Folder && !change.from().isAbsent() || change.to().isAbsent() && (below || spelledAnew.contains(names.key(change.path())))) {
                room.add(new Step(change.path(), change.from(), Image.ABSENT));
            } else if (change.to().isAbsent()) {
                gone.add(new Step(change.path(), change.from(), Image.ABSENT));
            }
            if (change.isWrite()) {
                written.add(new Step(change.path(), change.folderGoes() ? Image.ABSENT : change.from(), change.to()));
            } else if (change.to() instanceof Image.Folder) {
                folders.add(change);
            }
        }
        List<Step> steps = new ArrayList<>(room);
        foldersGoFirst.stream().sorted(BY_PATH.reversed()).forEach(change -> steps.add(new Step(change.path(), change.from(), Image.ABSENT)));
        folders.stream().sorted(BY_PATH).forEach(change -> steps.add(new Step(change.path(), Image.ABSENT, change.to())));
        steps.addAll(written);
        steps.addAll(gone);
        foldersGoLast.stream().sorted(BY_PATH.reversed()).forEach(change -> steps.add(new Step(change.path(), change.from(), Image.ABSENT)));
        return steps;
    }

    private static boolean isBelow(TreeSet<String> folders, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (folders.contains(path.substring(0, slash + 1))) {
                return true;
            }
        }
        return false;
    }
}
