package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps what is about to be undone below {@code .autosync/conflicts/<transaction>/}; of a symbolic link, a file that says where it leads. */
final class SavedImages {
    /** A path that has held so many different things in one batch is no path to undo. */
    private static final int MOST_OF_A_PATH = 100;

    private final Workspace workspace;
    private final FilePort files;
    private final String transaction;

    SavedImages(Workspace workspace, FilePort files, String transaction) {
        this.workspace = workspace;
        this.files = files;
        this.transaction = transaction;
    }

    /**
     * Keeps an image; what is kept already is not kept twice.
     *
     * @return where it lies, relative to the workspace; empty if there is nothing to keep
     * @throws IOException if it could not be kept: then nothing may be undone
     */
    Optional<String> save(String path, Image image) throws IOException {
        FileImage kept;
        if (image instanceof FileImage file) {
            kept = file;
        } else if (image instanceof Image.Link link) {
            kept = new FileImage(PathText.encode(link.target()), FileImage.NO_MODE);
        } else {
            return Optional.empty();
        }
        Path folder = folder(workspace.createStateFolder("conflicts"), transaction);
        for (int slash = path.indexOf('/'), begin = 0; slash >= 0; begin = slash + 1, slash = path.indexOf('/', begin)) {
            folder = folder(folder, path.substring(begin, slash));
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (int number = 1; number <= MOST_OF_A_PATH; number++) {
            Path place = PathText.resolve(folder, number == 1 ? name : name + "~" + number);
            if (Files.notExists(place, NOFOLLOW_LINKS)) {
                files.create(place, kept);
                files.force(place);
                files.forceFolder(folder);
                return Optional.of(workspace.relative(place));
            }
            if (Files.isRegularFile(place, NOFOLLOW_LINKS) && Files.size(place) == kept.bytes().length
                    && files.look(place, kept.bytes().length).same(kept)) {
                return Optional.of(workspace.relative(place));
            }
        }
        throw new IOException(path + " was written anew too often to keep all of it in " + folder);
    }

    /** A folder of ours; beside a file of that name if need be, and never through a link. */
    private Path folder(Path above, String name) throws IOException {
        Path folder = PathText.resolve(above, name);
        if (Files.exists(folder, NOFOLLOW_LINKS) && !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            return folder(above, name + "~");
        }
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            files.createFolder(folder);
        }
        return folder;
    }
}
