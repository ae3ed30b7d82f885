package dev.autosync.core.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a damaged journal is kept until a person has looked at the workspace: {@code .autosync/quarantine}, with what could still be read of it as
 * files. As long as it is there nobody works in the workspace.
 */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final String FOLDER = "quarantine";
    private static final String BEFORE = "before";

    private final Workspace workspace;
    private final FilePort files;

    Quarantine(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    Path folder() {
        return workspace.state(FOLDER);
    }

    boolean occupied() {
        return Files.exists(folder().resolve("journal"), NOFOLLOW_LINKS);
    }

    /** Puts the journal there; what its good records say was in the files before comes first. */
    void take(Path journal, byte[] bytes, List<Frame> good) throws IOException {
        workspace.createStateFolder(FOLDER);
        if (Files.exists(folder().resolve(BEFORE), NOFOLLOW_LINKS)) {
            // Of an earlier time; what lies there stays, and must not be taken for this one's.
            int number = 1;
            while (Files.exists(folder().resolve(BEFORE + "-" + number), NOFOLLOW_LINKS)) {
                number++;
            }
            Files.move(folder().resolve(BEFORE), folder().resolve(BEFORE + "-" + number));
        }
        int kept = 0;
        for (Frame frame : good) {
            if (frame.type() == Frame.Type.FILE) {
                kept += keepBefore(frame, kept) ? 1 : 0;
            }
        }
        files.create(folder().resolve("journal"), new FileImage(bytes, FileImage.NO_MODE));
        files.force(folder().resolve("journal"));
        files.forceFolder(folder());
        files.delete(journal);
    }

    private boolean keepBefore(Frame frame, int number) {
        try {
            Image before = ImageCodec.decode(frame.parts().get(1));
            Conflicts.saveIn(files, workspace.createStateFolder(FOLDER + "/" + BEFORE), frame.path(0), before);
            return true;
        } catch (IOException | IndexOutOfBoundsException | BufferUnderflowException e) {
            LOG.warn("Cannot read record {} of a damaged journal", number, e);
            return false;
        }
    }
}
