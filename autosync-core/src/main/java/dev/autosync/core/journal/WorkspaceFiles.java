package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes what stands at single paths of the workspace, for a transaction and for recovery: by sibling temporary file and rename. */
final class WorkspaceFiles {
    private final Workspace workspace;
    private final FilePort files;
    private final Names names;
    private final boolean keepsModes;

    WorkspaceFiles(Workspace workspace, FilePort files) {
        this(workspace, files, new Names(workspace.spelling()));
    }

    WorkspaceFiles(Workspace workspace, FilePort files, Names names) {
        this.workspace = workspace;
        this.files = files;
        this.names = names;
        this.keepsModes = workspace.keepsModes();
    }

    /** An image as this file system can hold it. */
    Image storable(Image image) {
        return !keepsModes && image instanceof FileImage file ? new FileImage(file.bytes(), FileImage.NO_MODE) : image;
    }

    Names names() {
        return names;
    }

    Image look(String path) throws IOException {
        return look(workspace.place(path));
    }

    /** What stands at a place under exactly this name. */
    private Image look(Path place) throws IOException {
        Image image = files.look(place, FileImage.MOST_BYTES);
        return image.isAbsent() || isSpelledSo(place) ? image : Image.ABSENT;
    }

    private boolean isSpelledSo(Path place) throws IOException {
        return names.spelling().otherwise(place).isEmpty();
    }

    /**
     * What a path holds.
     *
     * @param known the paths of the transaction: below one of them that is no folder stands nothing
     * @return null for something that is not ours: a file larger than any of ours, no file at all, or below what is no folder
     */
    @Nullable Image lookAmong(String path, Set<String> known) throws IOException {
        try {
            return look(path);
        } catch (PathRefusedException | FilePort.NotRegularException e) {
            String obstacle = obstacle(path);
            return obstacle != null && known.contains(obstacle) ? Image.ABSENT : null;
        } catch (FilePort.TooLargeException e) {
            return null;
        }
    }

    private @Nullable String obstacle(String path) {
        try {
            return workspace.obstacle(path);
        } catch (PathRefusedException e) {
            return null;
        }
    }

    /**
     * Takes one step, through a temporary file of the given name where there is a file to be written.
     *
     * @throws PathRefusedException if the path holds something else than the step says, right before it is written
     */
    void take(Steps.Step step, String temporaryName) throws IOException {
        Path place = workspace.place(step.path());
        Image image = step.image();
        if (image instanceof Image.Folder folder) {
            files.createFolder(place);
            files.setMode(place, folder.mode());
        } else if (!image.isAbsent()) {
            Path temporary = place.resolveSibling(temporaryName);
            try {
                write(step, place, temporary);
            } catch (NoSuchFileException e) {
                for (String folder : missingFolders(step.path())) {
                    files.createFolder(workspace.place(folder));
                }
                write(step, place, temporary);
            }
        } else if (step.from() instanceof Image.Folder) {
            if (!files.deleteEmptyFolder(place)) {
                throw new PathRefusedException("Cannot remove the folder '" + step.path() + "': somebody has put something into it");
            }
        } else {
            checkUnchanged(step, place);
            files.delete(place);
        }
    }

    private void checkUnchanged(Steps.Step step, Path place) throws IOException {
        Image found;
        try {
            found = files.look(place, FileImage.MOST_BYTES);
        } catch (FilePort.TooLargeException e) {
            throw foreign(step.path());
        }
        // Under another spelling it is a file that somebody else has put there.
        if (!found.same(step.from()) || !found.isAbsent() && !isSpelledSo(place)) {
            throw foreign(step.path());
        }
    }

    private static PathRefusedException foreign(String path) {
        return new PathRefusedException("Cannot write '" + path + "': somebody else has changed it meanwhile");
    }

    private void write(Steps.Step step, Path place, Path temporary) throws IOException {
        try {
            create(temporary, step.image());
            checkUnchanged(step, place);
            files.replace(temporary, place);
        } catch (IOException | PathRefusedException e) {
            try {
                files.delete(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void create(Path temporary, Image image) throws IOException {
        try {
            createNew(temporary, image);
        } catch (FileAlreadyExistsException e) {
            // What an earlier try has left.
            files.delete(temporary);
            createNew(temporary, image);
        }
    }

    private void createNew(Path temporary, Image image) throws IOException {
        if (image instanceof FileImage file) {
            files.create(temporary, file);
        } else if (image instanceof Image.Link link) {
            files.createLink(temporary, link);
        }
    }

    /** Deletes what a dead process left beside a path, unless its folder is none of ours any more. */
    void deleteTemporary(String path, String temporaryName) throws IOException {
        try {
            files.delete(workspace.place(path).resolveSibling(temporaryName));
        } catch (PathRefusedException | FilePort.NotRegularException e) {
            // Nor is what lies in it.
        }
    }

    /** The folders above a path that do not exist yet, the topmost first. */
    List<String> missingFolders(String path) {
        List<String> missing = new ArrayList<>();
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            String folder = path.substring(0, slash);
            if (isFolder(folder)) {
                break;
            }
            missing.add(0, folder);
        }
        return missing;
    }

    private boolean isFolder(String path) {
        return workspace.obstacle(path) == null && Files.isDirectory(workspace.place(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The names in a folder. */
    List<String> children(String folder) throws IOException {
        try (DirectoryStream<Path> below = Files.newDirectoryStream(workspace.place(folder))) {
            List<String> children = new ArrayList<>();
            below.forEach(child -> children.add(workspace.relative(child)));
            return children;
        }
    }

    /** Deletes a folder of ours, unless somebody else has put something into it or in its place. */
    void deleteFolder(String folder) throws IOException {
        try {
            if (isFolder(folder)) {
                files.deleteEmptyFolder(workspace.place(folder));
            }
        } catch (PathRefusedException e) {
            // It is gone, and not by us.
        }
    }

    /** Deletes what a dead process was making in the engine's own folder. */
    void deleteStaged() throws IOException {
        Path state = workspace.root().resolve(Workspace.STATE_FOLDER);
        try (DirectoryStream<Path> staged = Files.newDirectoryStream(state, RealFiles.STAGED + "*")) {
            for (Path file : staged) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.deleteEmptyFolder(file);
                } else {
                    files.delete(file);
                }
            }
        }
    }

    /** Does work with many files. */
    void together(FilePort.Work work) throws IOException {
        files.together(work);
    }

    /** Makes the present content of paths durable, and the names in their folders; what cannot be forced is not ours. */
    void force(Iterable<String> paths) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String path : paths) {
            Path file;
            try {
                file = workspace.place(path);
                if (workspace.obstacle(path) != null) {
                    continue;
                }
            } catch (PathRefusedException e) {
                continue;
            }
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                files.force(file);
            }
            // A new folder's own name lies in the folder above it, and so on up to the root.
            Path folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? file : file.getParent();
            for (; folder != null && folder.startsWith(workspace.root()) && !folders.contains(folder); folder = folder.getParent()) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(folder);
                }
            }
        }
        for (Path changed : folders) {
            files.forceFolder(changed);
        }
    }
}
