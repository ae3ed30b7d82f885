package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.patch.FileContent;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A state that a transaction is to move the tree to.
 *
 * @param targets what becomes of each path, told what it held before the transaction
 * @param seen for some paths, what they must hold if the transaction has not touched them yet
 */
record Target(Map<String, UnaryOperator<Image>> targets, Map<String, Predicate<Image>> seen) {

    /** A state of regular files; empty for nothing. */
    static Target files(Map<String, Optional<FileContent>> state, Map<String, Optional<FileContent>> seen) {
        Map<String, UnaryOperator<Image>> targets = new LinkedHashMap<>();
        state.forEach((path, content) -> targets.put(path, was -> content.isEmpty() ? Image.ABSENT : file(content.get(), was)));
        Map<String, Predicate<Image>> planned = new LinkedHashMap<>();
        seen.forEach((path, content) -> planned.put(path, found -> content.isEmpty() ? found.isAbsent()
                : found instanceof FileImage file && file.content().equals(content.get())));
        return new Target(targets, planned);
    }

    /** A state of files, links and folders. */
    static Target images(Map<String, Image> state, Map<String, Image> seen) {
        Map<String, UnaryOperator<Image>> targets = new LinkedHashMap<>();
        state.forEach((path, image) -> targets.put(path,
                was -> image instanceof FileImage file && was instanceof FileImage ? file(file.content(), was) : image));
        Map<String, Predicate<Image>> planned = new LinkedHashMap<>();
        seen.forEach((path, image) -> planned.put(path, image::same));
        return new Target(targets, planned);
    }

    private static Image file(FileContent content, Image was) {
        return FileImage.of(content, was instanceof FileImage file ? file.mode() : content.executable() ? 0755 : FileImage.NO_MODE);
    }

    /**
     * What every path of the transaction is to hold, these and those that it has touched before. Notes what those hold that it has not.
     *
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if one holds something else than was planned for
     */
    Map<String, Image> wanted(PathStates states, WorkspaceFiles tree) throws IOException {
        Set<String> known = new HashSet<>(states.before().keySet());
        known.addAll(targets.keySet());
        Map<String, Image> wanted = new LinkedHashMap<>(states.before());
        Set<String> folders = new HashSet<>();
        for (Map.Entry<String, UnaryOperator<Image>> entry : targets.entrySet()) {
            String path = entry.getKey();
            if (!states.knows(path)) {
                states.first(path, first(path, known, states, tree));
            }
            Image was = states.before(path);
            Image image = tree.storable(entry.getValue().apply(was));
            wanted.put(path, image.same(was) ? was : image);
        }
        wanted.forEach((path, image) -> addFoldersAbove(path, image, folders));
        // What is to be nothing, and to hold something below it, is to be a folder.
        wanted.replaceAll((path, image) -> !folders.contains(path) || image instanceof Image.Folder ? image
                : states.before(path) instanceof Image.Folder was ? was : folder(path, image));
        return wanted;
    }

    private Image first(String path, Set<String> known, PathStates states, WorkspaceFiles tree) throws IOException {
        Image found = tree.lookAmong(path, known);
        Predicate<Image> planned = seen.get(path);
        if (found == null || planned != null && !planned.test(found)) {
            throw changed(path, states);
        }
        return found;
    }

    private static void addFoldersAbove(String path, Image image, Set<String> folders) {
        for (int slash = image.isAbsent() ? -1 : path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            folders.add(path.substring(0, slash));
        }
    }

    private static Image folder(String path, Image image) {
        if (!image.isAbsent()) {
            throw new PathRefusedException("Cannot make '" + path + "' a file: something is to lie below it");
        }
        return new Image.Folder(FileImage.NO_MODE);
    }

    /** Folders that are to go must hold nothing that is to stay. */
    static void checkFoldersHoldNothingElse(List<Steps.Change> changes, Map<String, Image> wanted, PathStates states, WorkspaceFiles tree)
            throws IOException {
        for (Steps.Change change : changes) {
            if (change.from() instanceof Image.Folder && !(change.to() instanceof Image.Folder)) {
                for (String child : tree.children(change.path())) {
                    Image image = wanted.get(child);
                    if (image == null || !image.isAbsent()) {
                        throw changed(child, states);
                    }
                }
            }
        }
    }

    /** Somebody else has written to a path: what they wrote stays. */
    static AutoSyncException changed(String path, PathStates states) {
        states.isForeign(path);
        return new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot go on changing " + path
                + ": somebody else has changed it meanwhile, or the tests have. What they wrote was kept, the batch was undone; run it again");
    }
}
