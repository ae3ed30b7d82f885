package dev.autosync.core.journal;

import dev.autosync.core.io.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
     * @param image what it holds afterwards
     * @param folderGoes whether an empty folder is removed
     */
    record Step(String path, Image image, boolean folderGoes) {}

    private static final Comparator<Change> BY_PATH = Comparator.comparing(Change::path);

    private Steps() {}

    /** The steps of changes. A path that changes between folder and something else takes two. */
    static List<Step> of(List<Change> changes) {
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
            } else if (change.to() instanceof Image.Folder && !change.from().isAbsent() || change.to().isAbsent() && below) {
                room.add(new Step(change.path(), Image.ABSENT, false));
            } else if (change.to().isAbsent()) {
                gone.add(new Step(change.path(), Image.ABSENT, false));
            }
            if (change.isWrite()) {
                written.add(new Step(change.path(), change.to(), false));
            } else if (change.to() instanceof Image.Folder) {
                folders.add(change);
            }
        }
        List<Step> steps = new ArrayList<>(room);
        foldersGoFirst.stream().sorted(BY_PATH.reversed()).forEach(change -> steps.add(new Step(change.path(), Image.ABSENT, true)));
        folders.stream().sorted(BY_PATH).forEach(change -> steps.add(new Step(change.path(), change.to(), false)));
        steps.addAll(written);
        steps.addAll(gone);
        foldersGoLast.stream().sorted(BY_PATH.reversed()).forEach(change -> steps.add(new Step(change.path(), Image.ABSENT, true)));
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
