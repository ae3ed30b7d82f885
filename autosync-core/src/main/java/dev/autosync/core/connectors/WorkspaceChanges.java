package dev.autosync.core.connectors;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is to be published from the workspace.
 *
 * <p>A file that somebody else has changed since it landed is not ours to publish. It is part of what was tested, though: it is handed over as a
 * change from what it holds to what it holds, so that a sink whose other side holds anything else must refuse, and one whose other side has it
 * already has nothing to do.
 */
final class WorkspaceChanges {
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final Workspace workspace;
    private final FilePort files;

    WorkspaceChanges(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    /**
     * What was read.
     *
     * @param changes what is to be published
     * @param lost paths of files that somebody has deleted, or that cannot be read
     * @param exact whether every file holds what it held when it landed
     */
    record Read(List<PublishedChange> changes, List<String> lost, boolean exact) {}

    Read read(Map<String, LandedFiles.Change> landed) {
        List<PublishedChange> changes = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        boolean[] exact = {true};
        landed.forEach((path, change) -> {
            Found found = find(path);
            if (found != null && Objects.equals(found.sha256(), change.after())) {
                changes.add(PublishedChange.of(path, change.before(), found.content()).between(change.between()));
                return;
            }
            exact[0] = false;
            if (found != null && found.content() != null) {
                changes.add(PublishedChange.of(path, found.sha256(), found.content()));
            } else {
                lost.add(path);
            }
        });
        return new Read(changes, lost, exact[0]);
    }

    private record Found(@Nullable FileContent content, @Nullable String sha256) {}

    /** What a file holds; null if it cannot be told. */
    private @Nullable Found find(String path) {
        try {
            Optional<FileContent> content = files.read(workspace.resolve(path), MAX_FILE_BYTES).map(FileImage::content);
            return content.map(held -> new Found(held, held.sha256())).orElse(new Found(null, null));
        } catch (PathRefusedException | IOException e) {
            return null;
        }
    }
}
